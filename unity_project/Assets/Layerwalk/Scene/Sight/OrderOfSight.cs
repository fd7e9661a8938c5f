using System;
using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Layers as somebody sees them: what is in view first, and of that the largest on the
    /// screen. Its memory is used again, so that looking around allocates nothing.
    /// </summary>
    public sealed class OrderOfSight
    {
        readonly Dictionary<string, int> _indices =
            new Dictionary<string, int>(StringComparer.Ordinal);
        readonly Seen.BySight _bySight = new Seen.BySight();

        Seen[] _layers = new Seen[64];

        /// <summary>The first `Count` are valid until the next Look.</summary>
        public Seen[] Layers
        {
            get { return _layers; }
        }

        public int Count { get; private set; }

        /// <summary>
        /// Ranks fields. A layer on several walls counts as where it is seen best. `chosen` are
        /// before all others, in their order, whether on a wall or not.
        /// </summary>
        public void Look(TileField[] fields, Outlook outlook, params Seen[] chosen)
        {
            _indices.Clear();
            Count = 0;
            foreach (Seen seen in chosen)
            {
                Add(seen);
            }
            int first = Count;
            foreach (TileField field in fields)
            {
                Seen seen = Seen.From(field, outlook);
                int known;
                if (!_indices.TryGetValue(field.Layer, out known))
                {
                    Add(seen);
                }
                else if (known >= first)
                {
                    _layers[known].Merge(seen);
                }
            }
            InPlace.Sort(_layers, first, Count - first, _bySight);
        }

        void Add(Seen seen)
        {
            if (Count == _layers.Length)
            {
                Array.Resize(ref _layers, 2 * Count);
            }
            seen.Order = Count;
            _indices[seen.Layer] = Count;
            _layers[Count++] = seen;
        }
    }
}
