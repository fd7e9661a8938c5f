using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// One layer: what is wanted of it, what is here, and what is in the texture or on its way.
    /// </summary>
    public sealed class ResidentLayer
    {
        public readonly string Name;

        /// <summary>Row of its record in what the shaders read.</summary>
        public readonly int Row;

        internal ResidentLayer(string name, int row)
        {
            Name = name;
            Row = row;
            Place = -1;
            Want = Want.None;
            Held = new HeldCodes();
            SinceS = double.NegativeInfinity;
        }

        /// <summary>Stands on a wall, so many stations along the corridor; -1: on none.</summary>
        public int Place { get; internal set; }

        public Want Want { get; internal set; }

        /// <summary>What came, copied.</summary>
        public HeldCodes Held { get; private set; }

        /// <summary>What is on show; null for nothing.</summary>
        public ShownLevels Shown { get; internal set; }

        /// <summary>What fades out behind it; null for nothing.</summary>
        public ShownLevels Former { get; internal set; }

        /// <summary>Seconds, when what is on show began to.</summary>
        public double SinceS { get; internal set; }

        /// <summary>The finest level before more detail came, and when it came (seconds).</summary>
        public int FinestBefore { get; internal set; }

        public double RefinedS { get; internal set; }

        internal LayerUpload Upload { get; set; }

        /// <summary>Levels of this generation that came at any time, one bit each.</summary>
        internal int Received { get; set; }

        internal sealed class ByRank : IComparer<ResidentLayer>
        {
            public int Compare(ResidentLayer a, ResidentLayer b)
            {
                int byRank = a.Want.Rank.CompareTo(b.Want.Rank);
                return byRank != 0 ? byRank : a.Row.CompareTo(b.Row);
            }
        }
    }
}
