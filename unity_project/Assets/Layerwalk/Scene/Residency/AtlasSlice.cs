using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>One slice: rows that a large image takes, and shelves below them.</summary>
    sealed class AtlasSlice
    {
        const int Edge = WireFormat.PageEdge;

        readonly List<Shelf> _shelves = new List<Shelf>(); // from the top on, without gaps

        /// <summary>Rows at the top that an image of several pages takes.</summary>
        public int Taken;

        public bool IsEmpty
        {
            get { return Taken == 0 && _shelves.Count == 0; }
        }

        /// <summary>Rows from here on are free.</summary>
        public int Bottom
        {
            get
            {
                int last = _shelves.Count - 1;
                return last < 0 ? Taken : _shelves[last].Y + _shelves[last].Height;
            }
        }

        /// <summary>The lowest shelf below `least` that holds such an image, or -1.</summary>
        public int BestShelf(int width, int height, ref int least)
        {
            int best = -1;
            for (int i = 0; i < _shelves.Count; i++)
            {
                Shelf shelf = _shelves[i];
                // A shelf that is much too high would be wasted.
                bool wasted = shelf.Height > height * 1.5 + 8 && !shelf.IsEmpty;
                bool fits = shelf.Height >= height && !wasted && shelf.Height < least;
                if (fits && shelf.FirstSpan(width) >= 0)
                {
                    best = i;
                    least = shelf.Height;
                }
            }
            return best;
        }

        public int OpenShelf(int height)
        {
            _shelves.Add(new Shelf(Bottom, height));
            return _shelves.Count - 1;
        }

        public void Take(int index, int width, int height, out int x, out int y)
        {
            Shelf shelf = _shelves[index];
            if (shelf.IsEmpty && shelf.Height > height)
            {
                int rest = shelf.Height - height;
                _shelves.Insert(index + 1, new Shelf(shelf.Y + height, rest));
                shelf.Height = height;
            }
            x = shelf.Take(width);
            y = shelf.Y;
        }

        public void GiveBack(AtlasPlace place)
        {
            foreach (Shelf shelf in _shelves)
            {
                if (shelf.Y == place.Y)
                {
                    shelf.GiveBack(place.X, place.Width);
                }
            }
            JoinEmptyShelves();
        }

        // Empty shelves that touch become one, and none stays at the end.
        void JoinEmptyShelves()
        {
            for (int i = _shelves.Count - 1; i > 0; i--)
            {
                if (_shelves[i].IsEmpty && _shelves[i - 1].IsEmpty)
                {
                    _shelves[i - 1].Height += _shelves[i].Height;
                    _shelves.RemoveAt(i);
                }
            }
            int last = _shelves.Count - 1;
            if (last >= 0 && _shelves[last].IsEmpty)
            {
                _shelves.RemoveAt(last);
            }
        }

        struct Span
        {
            public int X;
            public int Width;
        }

        sealed class Shelf
        {
            public readonly int Y;
            public int Height;

            readonly List<Span> _free = new List<Span>(); // from the left on, none beside another

            public Shelf(int y, int height)
            {
                Y = y;
                Height = height;
                _free.Add(new Span { X = 0, Width = Edge });
            }

            public bool IsEmpty
            {
                get { return _free.Count == 1 && _free[0].Width == Edge; }
            }

            public int FirstSpan(int width)
            {
                for (int i = 0; i < _free.Count; i++)
                {
                    if (_free[i].Width >= width)
                    {
                        return i;
                    }
                }
                return -1;
            }

            public int Take(int width)
            {
                int index = FirstSpan(width);
                Span span = _free[index];
                if (span.Width == width)
                {
                    _free.RemoveAt(index);
                }
                else
                {
                    _free[index] = new Span { X = span.X + width, Width = span.Width - width };
                }
                return span.X;
            }

            public void GiveBack(int x, int width)
            {
                int at = 0;
                while (at < _free.Count && _free[at].X < x)
                {
                    at++;
                }
                _free.Insert(at, new Span { X = x, Width = width });
                Join(at);
                Join(at - 1);
            }

            // Joins a span with the next one, if they touch.
            void Join(int at)
            {
                bool touches = at >= 0 && at + 1 < _free.Count
                    && _free[at].X + _free[at].Width == _free[at + 1].X;
                if (touches)
                {
                    int both = _free[at].Width + _free[at + 1].Width;
                    _free[at] = new Span { X = _free[at].X, Width = both };
                    _free.RemoveAt(at + 1);
                }
            }
        }
    }
}
