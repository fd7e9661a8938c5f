using System;
using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>All layers by name and by row, and in order of sight.</summary>
    sealed class ResidentTable
    {
        readonly Dictionary<string, ResidentLayer> _byName =
            new Dictionary<string, ResidentLayer>(StringComparer.Ordinal);
        readonly List<ResidentLayer> _layers = new List<ResidentLayer>();
        readonly List<ResidentLayer> _ranked = new List<ResidentLayer>();
        readonly ResidentLayer.ByRank _byRank = new ResidentLayer.ByRank();

        public List<ResidentLayer> Layers
        {
            get { return _layers; }
        }

        public long HeldBytes
        {
            get
            {
                long sum = 0;
                foreach (ResidentLayer layer in _layers)
                {
                    sum += layer.Held.Bytes;
                }
                return sum;
            }
        }

        public ResidentLayer Get(string name)
        {
            ResidentLayer layer;
            if (!_byName.TryGetValue(name, out layer))
            {
                layer = new ResidentLayer(name, _layers.Count);
                _byName.Add(name, layer);
                _layers.Add(layer);
            }
            return layer;
        }

        /// <summary>A copy in order of sight, valid until the next call.</summary>
        public List<ResidentLayer> Ranked(List<ResidentLayer> layers)
        {
            _ranked.Clear();
            _ranked.AddRange(layers);
            _ranked.Sort(_byRank);
            return _ranked;
        }

        /// <summary>Wanted levels that came in this generation, but are held no more.</summary>
        public void Missing(int generation, Action<ResidentLayer, int> found)
        {
            foreach (ResidentLayer layer in _layers)
            {
                if (layer.Held.Generation != generation || layer.Want.IsNone)
                {
                    continue;
                }
                for (int level = Want.MostLevels - 1; level >= layer.Want.Finest; level--)
                {
                    if ((layer.Received & (1 << level)) != 0 && !layer.Held.Has(level))
                    {
                        found(layer, level);
                    }
                }
            }
        }

        public void Clear()
        {
            _byName.Clear();
            _layers.Clear();
            _ranked.Clear();
        }
    }
}
