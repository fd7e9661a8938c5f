namespace Layerwalk.Scene
{
    /// <summary>
    /// Where a label would begin: tangents of angles off the middle, x to the right, y up.
    /// </summary>
    public struct LabelWanted
    {
        public double X, Y, Wide;

        /// <summary>Lower ones stay where there is no room for all.</summary>
        public int Rank;

        /// <summary>Which label it is.</summary>
        public int Label;
    }
}
