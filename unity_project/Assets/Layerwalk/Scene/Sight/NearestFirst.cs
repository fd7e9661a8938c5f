using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Walls from the nearest to the farthest, every frame, allocating nothing.</summary>
    public sealed class NearestFirst : IComparer<int>
    {
        // So many moves a wall are cheaper than sorting anew: between frames little changes.
        const int MostMoves = 16;

        double[] _distances = new double[0];
        int[] _order = new int[0];

        /// <summary>Metres to the middle of each wall.</summary>
        public double[] Distances
        {
            get { return _distances; }
        }

        /// <summary>Indices of all walls by distance; valid until the next call.</summary>
        public int[] Sort(PlacedWall[] walls, Vec3 from)
        {
            if (_order.Length != walls.Length)
            {
                _distances = new double[walls.Length];
                _order = new int[walls.Length];
                for (int i = 0; i < _order.Length; i++)
                {
                    _order[i] = i;
                }
            }
            for (int i = 0; i < walls.Length; i++)
            {
                Vec3 middle = walls[i].Frame.PointOf(0, walls[i].HeightM / 2);
                _distances[i] = middle.DistanceTo(from);
            }
            if (!InsertAll())
            {
                InPlace.Sort(_order, 0, _order.Length, this);
            }
            return _order;
        }

        /// <summary>By distance.</summary>
        public int Compare(int a, int b)
        {
            return _distances[a].CompareTo(_distances[b]);
        }

        // Sorts what is nearly sorted; false, and not sorted, if it was not.
        bool InsertAll()
        {
            int left = MostMoves * _order.Length;
            for (int i = 1; i < _order.Length; i++)
            {
                int wall = _order[i];
                int to = i;
                for (; to > 0 && _distances[_order[to - 1]] > _distances[wall]; to--)
                {
                    _order[to] = _order[to - 1];
                }
                _order[to] = wall;
                left -= i - to;
                if (left < 0)
                {
                    return false;
                }
            }
            return true;
        }
    }
}
