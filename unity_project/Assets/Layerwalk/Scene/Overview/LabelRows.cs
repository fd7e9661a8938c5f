using System;
using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where labels stand as seen from above: each in a row of its own, and none over another. The
    /// arithmetic of the web viewer's labelrows.ts. Its memory is used again: a head never stands
    /// still.
    /// </summary>
    public sealed class LabelRows
    {
        readonly ByRank _byRank = new ByRank();
        readonly FromTheTop _fromTheTop = new FromTheTop();
        readonly List<LabelRow> _rows = new List<LabelRow>();

        LabelWanted[] _kept = new LabelWanted[16];

        /// <summary>
        /// Rows from the top, valid until the next call. A label that has no room makes way
        /// downwards, where the floor is free: what is nearer stands lower and to the left, so no
        /// line crosses another label.
        /// </summary>
        public List<LabelRow> Of(List<LabelWanted> wanted, LabelSpace space)
        {
            int count = Keep(wanted, space);
            _rows.Clear();
            double above = double.PositiveInfinity;
            for (int i = 0; i < count; i++)
            {
                LabelWanted one = _kept[i];
                // The others still fit below.
                double lowest = space.Bottom + (count - 1 - i) * space.Row;
                double highest = Math.Min(one.Y, Math.Min(space.Top, above - space.Row));
                double y = above = Math.Max(lowest, highest);
                bool led = Math.Abs(y - one.Y) > space.Row / 3;
                double x = Math.Min(one.X + (led ? space.Aside : 0), space.Right - one.Wide);
                _rows.Add(new LabelRow { Label = one.Label, X = x, Y = y, Led = led });
            }
            return _rows;
        }

        // How many there is room for, those of the lowest ranks, from the top.
        int Keep(List<LabelWanted> wanted, LabelSpace space)
        {
            if (_kept.Length < wanted.Count)
            {
                _kept = new LabelWanted[2 * wanted.Count];
            }
            wanted.CopyTo(_kept);
            int most = Math.Max(0, (int)Math.Floor((space.Top - space.Bottom) / space.Row) + 1);
            InPlace.Sort(_kept, 0, wanted.Count, _byRank);
            int count = Math.Min(wanted.Count, most);
            InPlace.Sort(_kept, 0, count, _fromTheTop);
            return count;
        }

        sealed class ByRank : IComparer<LabelWanted>
        {
            public int Compare(LabelWanted a, LabelWanted b)
            {
                return a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Label.CompareTo(b.Label);
            }
        }

        sealed class FromTheTop : IComparer<LabelWanted>
        {
            readonly ByRank _byRank = new ByRank();

            public int Compare(LabelWanted a, LabelWanted b)
            {
                int byHeight = b.Y.CompareTo(a.Y), aside = b.X.CompareTo(a.X);
                return byHeight != 0 ? byHeight : aside != 0 ? aside : _byRank.Compare(a, b);
            }
        }
    }
}
