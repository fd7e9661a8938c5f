using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Levels of layers that are to be fetched once more, and the request that asks for them.
    /// </summary>
    public sealed class MissingPages
    {
        const int MostParts = 64, MostNames = 4096; // of a request and of its parts

        readonly Dictionary<string, int> _levels =
            new Dictionary<string, int>(StringComparer.Ordinal); // a bit each
        readonly List<ResidentLayer> _order = new List<ResidentLayer>();
        readonly ResidentLayer.ByRank _byRank = new ResidentLayer.ByRank();
        readonly Action<ResidentLayer, int> _add;

        public MissingPages()
        {
            _add = Add; // once, for it is looked for whenever a head moves
        }

        public bool IsEmpty
        {
            get { return _levels.Count == 0; }
        }

        /// <summary>What is wanted of a run, but was given back.</summary>
        public void Find(Residents residents, long run)
        {
            _levels.Clear();
            _order.Clear();
            residents.Missing(run, _add);
            if (_order.Count > 1)
            {
                _order.Sort(_byRank);
            }
        }

        /// <summary>These, too; they are for no request.</summary>
        public void Add(string layer, PageLevel[] levels)
        {
            int bits;
            _levels.TryGetValue(layer, out bits);
            foreach (PageLevel level in levels)
            {
                bits |= 1 << (int)level.Level;
            }
            _levels[layer] = bits;
        }

        /// <summary>These came.</summary>
        public void Remove(string layer, PageLevel[] levels)
        {
            int left;
            if (!_levels.TryGetValue(layer, out left))
            {
                return;
            }
            foreach (PageLevel level in levels)
            {
                left &= ~(1 << (int)level.Level);
            }
            _levels[layer] = left;
            if (left == 0)
            {
                _levels.Remove(layer);
            }
        }

        /// <summary>Whether one of these is among others.</summary>
        public bool Meets(MissingPages other)
        {
            foreach (KeyValuePair<string, int> entry in _levels)
            {
                int levels;
                if (other._levels.TryGetValue(entry.Key, out levels) && (levels & entry.Value) != 0)
                {
                    return true;
                }
            }
            return false;
        }

        /// <summary>Whether all of these are among others.</summary>
        public bool IsWithin(MissingPages other)
        {
            foreach (KeyValuePair<string, int> entry in _levels)
            {
                int levels;
                other._levels.TryGetValue(entry.Key, out levels);
                if ((entry.Value & ~levels) != 0)
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>The same ones as another.</summary>
        public void Copy(MissingPages other)
        {
            Clear();
            _order.AddRange(other._order);
            foreach (KeyValuePair<string, int> entry in other._levels)
            {
                _levels.Add(entry.Key, entry.Value);
            }
        }

        public void Clear()
        {
            _levels.Clear();
            _order.Clear();
        }

        /// <summary>
        /// Asks for all of them, nearest layers first, where there are any; what is too much for
        /// one request is missing still when this is asked again.
        /// </summary>
        public Request Request(string network)
        {
            List<Part> parts = Parts();
            Part first = parts[0];
            parts.RemoveAt(0);
            return new Request(first.Layers, first.Levels, network, then: parts.ToArray());
        }

        void Add(ResidentLayer layer, int level)
        {
            int levels;
            if (!_levels.TryGetValue(layer.Name, out levels))
            {
                _order.Add(layer);
            }
            _levels[layer.Name] = levels | 1 << level;
        }

        // Layers that lack the same levels together, in the order of the nearest of them.
        List<Part> Parts()
        {
            var masks = new List<int>();
            var names = new Dictionary<int, List<string>>();
            foreach (ResidentLayer layer in _order)
            {
                int mask;
                if (!_levels.TryGetValue(layer.Name, out mask))
                {
                    continue;
                }
                if (!names.ContainsKey(mask))
                {
                    masks.Add(mask);
                    names[mask] = new List<string>();
                }
                if (names[mask].Count < MostNames)
                {
                    names[mask].Add(layer.Name);
                }
            }
            if (masks.Count > MostParts)
            {
                masks.RemoveRange(MostParts, masks.Count - MostParts);
            }
            return masks.ConvertAll(mask => new Part(names[mask].ToArray(), Levels(mask)));
        }

        static long[] Levels(int mask)
        {
            var levels = new List<long>();
            for (int level = 0; level < Want.MostLevels; level++)
            {
                if ((mask & 1 << level) != 0)
                {
                    levels.Add(level);
                }
            }
            return levels.ToArray();
        }
    }
}
