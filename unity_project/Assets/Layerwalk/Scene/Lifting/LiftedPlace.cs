namespace Layerwalk.Scene
{
    /// <summary>
    /// Middle and edges of a tile in metres on its wall, and how far before the wall it is.
    /// </summary>
    public readonly struct LiftedPlace
    {
        public readonly double X, Y, Before, Width, Height;

        public LiftedPlace(double x, double y, double before, double width, double height)
        {
            X = x;
            Y = y;
            Before = before;
            Width = width;
            Height = height;
        }

        /// <summary>On the way to another place.</summary>
        public LiftedPlace Towards(LiftedPlace to, double share)
        {
            return new LiftedPlace(
                X + (to.X - X) * share, Y + (to.Y - Y) * share,
                Before + (to.Before - Before) * share, Width + (to.Width - Width) * share,
                Height + (to.Height - Height) * share);
        }
    }
}
