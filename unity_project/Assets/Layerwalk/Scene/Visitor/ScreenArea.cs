namespace Layerwalk.Scene
{
    /// <summary>
    /// A screen, and the part of it that panels leave free: pixels from the top left corner.
    /// </summary>
    public readonly struct ScreenArea
    {
        public readonly double Width;
        public readonly double Height;
        public readonly double Left;
        public readonly double Top;
        public readonly double Right;
        public readonly double Bottom;

        public ScreenArea(
            double width, double height, double left, double top, double right, double bottom)
        {
            Width = width;
            Height = height;
            Left = left;
            Top = top;
            Right = right;
            Bottom = bottom;
        }

        /// <summary>With nothing before the room.</summary>
        public static ScreenArea Whole(double width, double height)
        {
            return new ScreenArea(width, height, 0, 0, width, height);
        }
    }
}
