namespace Layerwalk.Scene
{
    /// <summary>Where labels may stand, in tangents of angles off the middle.</summary>
    public struct LabelSpace
    {
        public double Right, Top, Bottom;

        /// <summary>Rows this far apart do not touch.</summary>
        public double Row;

        /// <summary>So far to the right a label goes that makes way, which leaves room for its
        /// line.</summary>
        public double Aside;
    }
}
