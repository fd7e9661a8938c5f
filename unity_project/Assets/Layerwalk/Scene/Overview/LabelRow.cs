namespace Layerwalk.Scene
{
    /// <summary>Where a label stands, in tangents of angles off the middle.</summary>
    public struct LabelRow
    {
        /// <summary>Which label it is.</summary>
        public int Label;

        public double X, Y;

        /// <summary>It does not stand beside what it names: a line leads there.</summary>
        public bool Led;
    }
}
