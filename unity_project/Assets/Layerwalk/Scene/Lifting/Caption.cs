namespace Layerwalk.Scene
{
    /// <summary>What stands below a lifted tile: its size in metres of the wall.</summary>
    public readonly struct Caption
    {
        public readonly double Width, Height;

        public Caption(double width, double height)
        {
            Width = width;
            Height = height;
        }
    }
}
