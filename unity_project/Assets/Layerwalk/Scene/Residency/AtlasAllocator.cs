using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Places for packed images in slices of 1024 x 1024. An image of several pages takes slices
    /// of its own from their top left; smaller ones share slices, side by side on shelves. What is
    /// given back is free for any other image.
    /// </summary>
    public sealed class AtlasAllocator
    {
        const int Edge = WireFormat.PageEdge;

        int _limit;
        readonly List<AtlasSlice> _slices = new List<AtlasSlice>();

        int _closed, _open; // from one slice on, until another, nothing is taken

        /// <summary>At most so many slices.</summary>
        public AtlasAllocator(int limit)
        {
            _limit = limit;
        }

        /// <summary>Slices up to the last that ever held something.</summary>
        public int Used
        {
            get { return _slices.Count; }
        }

        /// <summary>A place for an image of this size; false when there is none.</summary>
        public bool TryTake(int width, int height, out AtlasPlace place)
        {
            return height > Edge
                ? TryTakeSlices(width, height, out place) : TryTakeShelf(width, height, out place);
        }

        public void GiveBack(AtlasPlace place)
        {
            if (place.Height <= Edge)
            {
                _slices[place.Slice].GiveBack(place);
                return;
            }
            for (int page = 0; page * Edge < place.Height; page++)
            {
                _slices[place.Slice + page].Taken = 0;
            }
        }

        /// <summary>No place is taken in so many slices from one on; 0: in all there are.</summary>
        public void Close(int first, int count)
        {
            _closed = first;
            _open = first + count;
        }

        /// <summary>Forgets every place.</summary>
        public void Clear()
        {
            _slices.Clear();
        }

        /// <summary>Forgets every place, and has at most so many slices from now on.</summary>
        public void Limit(int slices)
        {
            _slices.Clear();
            _limit = slices;
        }

        // Pages hold whole rows of tiles, so a page may be a little less than 1024 high: heights
        // are counted in slices, of which only the last has room below.
        bool TryTakeSlices(int width, int height, out AtlasPlace place)
        {
            int first = EmptySlices((height + Edge - 1) / Edge);
            place = default(AtlasPlace);
            if (first < 0)
            {
                return false;
            }
            for (int page = 0; page * Edge < height; page++)
            {
                _slices[first + page].Taken = Math.Min(Edge, height - page * Edge);
            }
            place = new AtlasPlace(first, 0, 0, width, height);
            return true;
        }

        // The first of so many empty slices in a row, or -1.
        int EmptySlices(int count)
        {
            int run = 0;
            for (int i = 0; i < _slices.Count; i++)
            {
                run = _slices[i].IsEmpty && !IsClosed(i) ? run + 1 : 0;
                if (run == count)
                {
                    return i - count + 1;
                }
            }
            int first = _slices.Count - run;
            bool closed = _closed < first + count && first < _open;
            if (first + count > _limit || closed)
            {
                return -1;
            }
            while (_slices.Count < first + count)
            {
                _slices.Add(new AtlasSlice());
            }
            return first;
        }

        bool TryTakeShelf(int width, int height, out AtlasPlace place)
        {
            int bestSlice = -1, bestShelf = -1, least = int.MaxValue;
            for (int i = 0; i < _slices.Count; i++)
            {
                int shelf = IsClosed(i) ? -1 : _slices[i].BestShelf(width, height, ref least);
                if (shelf >= 0)
                {
                    bestSlice = i;
                    bestShelf = shelf;
                }
            }
            if (bestSlice < 0)
            {
                bestSlice = SliceWithRoomBelow(height);
                if (bestSlice < 0)
                {
                    place = default(AtlasPlace);
                    return false;
                }
                bestShelf = _slices[bestSlice].OpenShelf(height);
            }
            int x, y;
            _slices[bestSlice].Take(bestShelf, width, height, out x, out y);
            place = new AtlasPlace(bestSlice, x, y, width, height);
            return true;
        }

        bool IsClosed(int slice)
        {
            return slice >= _closed && slice < _open;
        }

        int SliceWithRoomBelow(int height)
        {
            for (int i = 0; i < _slices.Count; i++)
            {
                if (!IsClosed(i) && _slices[i].Bottom + height <= Edge)
                {
                    return i;
                }
            }
            return EmptySlices(1);
        }
    }
}
