using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>A rectangle on a wall, in metres from the middle of its foot, y up.</summary>
    public readonly struct WallRect
    {
        public readonly double Left;
        public readonly double Bottom;
        public readonly double Width;
        public readonly double Height;

        public WallRect(double left, double bottom, double width, double height)
        {
            Left = left;
            Bottom = bottom;
            Width = width;
            Height = height;
        }

        /// <summary>What a panel covers.</summary>
        public static WallRect Of(Panel panel)
        {
            double width = panel.Columns * panel.PitchM.X;
            double height = panel.Rows * panel.PitchM.Y;
            return new WallRect(
                panel.CentreM.X - width / 2, panel.CentreM.Y - height / 2, width, height);
        }

        /// <summary>Around all panels; empty at 1.5 m where there are none.</summary>
        public static WallRect Around(Panel[] panels)
        {
            if (panels.Length == 0)
            {
                return new WallRect(0, 1.5, 0, 0);
            }
            WallRect all = Of(panels[0]);
            foreach (Panel panel in panels)
            {
                all = all.And(Of(panel));
            }
            return all;
        }

        public double Right
        {
            get { return Left + Width; }
        }

        public double Top
        {
            get { return Bottom + Height; }
        }

        WallRect And(WallRect other)
        {
            double left = Math.Min(Left, other.Left), bottom = Math.Min(Bottom, other.Bottom);
            return new WallRect(
                left, bottom, Math.Max(Right, other.Right) - left,
                Math.Max(Top, other.Top) - bottom);
        }
    }
}
