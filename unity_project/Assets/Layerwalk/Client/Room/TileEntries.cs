using System.Collections.Generic;

namespace Layerwalk.Client
{
    /// <summary>
    /// Gives layers entries, one a tile, side by side. Those that come back wait for a layer with
    /// as many tiles, which the next run brings.
    /// </summary>
    public sealed class TileEntries
    {
        readonly Dictionary<int, Stack<int>> _free = new Dictionary<int, Stack<int>>();

        /// <summary>Entries that were ever given.</summary>
        public int Count { get; private set; }

        /// <summary>The first of so many entries, which are nobody else's.</summary>
        public int Take(int tiles)
        {
            Stack<int> free;
            if (_free.TryGetValue(tiles, out free) && free.Count > 0)
            {
                return free.Pop();
            }
            int first = Count;
            Count += tiles;
            return first;
        }

        public void GiveBack(int first, int tiles)
        {
            Stack<int> free;
            if (!_free.TryGetValue(tiles, out free))
            {
                _free[tiles] = free = new Stack<int>();
            }
            free.Push(first);
        }

        public void Clear()
        {
            _free.Clear();
            Count = 0;
        }
    }
}
