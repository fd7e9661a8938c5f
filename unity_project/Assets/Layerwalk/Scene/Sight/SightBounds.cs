
namespace Layerwalk.Scene
{
    /// <summary>What a plan may cost at most, and what else bounds it.</summary>
    public struct SightBounds
    {
        public long Bytes;
        public long Slices;

        /// <summary>Widest and highest tile that can be drawn, in pixels.</summary>
        public int Edge;

        /// <summary>Bytes and slices within a share of a budget in bytes.</summary>
        public static SightBounds Of(long budgetBytes, int edge)
        {
            return new SightBounds { Bytes = budgetBytes, Slices = budgetBytes, Edge = edge };
        }
    }
}
