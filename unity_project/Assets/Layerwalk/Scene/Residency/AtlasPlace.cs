namespace Layerwalk.Scene
{
    /// <summary>Where a packed level stands: its first page's corner and slice; pixels.</summary>
    public readonly struct AtlasPlace
    {
        public readonly int Slice;
        public readonly int X;
        public readonly int Y;
        public readonly int Width;

        /// <summary>More than a slice's for an image of several pages; 0 for no place.</summary>
        public readonly int Height;

        public AtlasPlace(int slice, int x, int y, int width, int height)
        {
            Slice = slice;
            X = x;
            Y = y;
            Width = width;
            Height = height;
        }

        public bool IsNone
        {
            get { return Height == 0; }
        }
    }
}
