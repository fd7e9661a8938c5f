using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>The pictures of the shelf that are on show: six of them, page after page.
    /// </summary>
    public sealed class ShelfPage
    {
        /// <summary>Pictures that hang on the shelf's wall.</summary>
        public const int Places = 6;

        readonly SessionState _state;

        int _page;

        internal ShelfPage(SessionState state)
        {
            _state = state;
        }

        public int Pages
        {
            get { return Math.Max(1, (_state.Shelf.Length + Places - 1) / Places); }
        }

        /// <summary>Which page it is, from 0 on.</summary>
        public int Page
        {
            get { return Math.Min(_page, Pages - 1); }
        }

        /// <summary>Index on the shelf of what hangs at the first place.</summary>
        public int First
        {
            get { return Page * Places; }
        }

        /// <summary>How many pictures there are on this page.</summary>
        public int Count
        {
            get { return Math.Min(Places, _state.Shelf.Length - First); }
        }

        /// <summary>The picture at a place of this page, 0 .. 5; null for none.</summary>
        public Picture At(int place)
        {
            return place >= 0 && place < Count ? _state.Shelf[First + place] : null;
        }

        /// <summary>Pages on (1) or back (-1); after the last comes the first.</summary>
        public void Turn(int by)
        {
            int pages = Pages;
            if (pages > 1 && by != 0)
            {
                _page = ((Page + by) % pages + pages) % pages;
                _state.Tell(Topic.Shelf);
            }
        }

        internal void Begin()
        {
            _page = 0;
        }
    }
}
