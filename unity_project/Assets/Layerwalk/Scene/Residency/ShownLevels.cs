using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>What is in the texture of a layer in one run.</summary>
    public sealed class ShownLevels
    {
        /// <summary>By level; places that are none where a level is not there.</summary>
        public readonly AtlasPlace[] Places = new AtlasPlace[Want.MostLevels];

        /// <summary>Tiles side by side, by level.</summary>
        public readonly int[] Columns = new int[Want.MostLevels];

        public readonly TileShape Shape;

        /// <summary>Run and revision that it is of, counted.</summary>
        public readonly int Generation;

        internal ShownLevels(TileShape shape, int generation)
        {
            Shape = shape;
            Generation = generation;
            Finest = Coarsest = -1;
        }

        /// <summary>The finest level that is there without a gap; -1 for none.</summary>
        public int Finest { get; internal set; }

        public int Coarsest { get; internal set; }

        /// <summary>What its colours span.</summary>
        public DisplayScale Scale { get; internal set; }

        /// <summary>It may have codes that are no values.</summary>
        public bool HasSpecials { get; internal set; }

        internal bool HasSameShape(ShownLevels other)
        {
            return Shape.Equals(other.Shape);
        }
    }
}
