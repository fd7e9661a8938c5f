using System;
using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where labels stand as seen from above: each in a row of its own, and none over another. The
    /// arithmetic of the web viewer's labelrows.ts.
    /// </summary>
    public static class LabelRows
    {
        /// <summary>
        /// Rows from the top. A label that has no room makes way downwards, where the floor is
        /// free: what is nearer stands lower and to the left, so no line crosses another label.
        /// </summary>
        public static List<LabelRow> Of(List<LabelWanted> wanted, LabelSpace space)
        {
            int most = Math.Max(0, (int)Math.Floor((space.Top - space.Bottom) / space.Row) + 1);
            var kept = new List<LabelWanted>(wanted);
            kept.Sort(ByRank);
            if (kept.Count > most)
            {
                kept.RemoveRange(most, kept.Count - most);
            }
            kept.Sort(FromTheTop);
            var rows = new List<LabelRow>();
            double above = double.PositiveInfinity;
            for (int i = 0; i < kept.Count; i++)
            {
                LabelWanted one = kept[i];
                // The others still fit below.
                double lowest = space.Bottom + (kept.Count - 1 - i) * space.Row;
                double highest = Math.Min(one.Y, Math.Min(space.Top, above - space.Row));
                double y = above = Math.Max(lowest, highest);
                bool led = Math.Abs(y - one.Y) > space.Row / 3;
                double x = Math.Min(one.X + (led ? space.Aside : 0), space.Right - one.Wide);
                rows.Add(new LabelRow { Label = one.Label, X = x, Y = y, Led = led });
            }
            return rows;
        }

        static int ByRank(LabelWanted a, LabelWanted b)
        {
            return a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Label.CompareTo(b.Label);
        }

        static int FromTheTop(LabelWanted a, LabelWanted b)
        {
            int byHeight = b.Y.CompareTo(a.Y), aside = b.X.CompareTo(a.X);
            return byHeight != 0 ? byHeight : aside != 0 ? aside : ByRank(a, b);
        }
    }
}
