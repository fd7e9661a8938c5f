using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where a lifted tile stands: before its wall, larger, and whole in the free part of the
    /// screen. The arithmetic of the web viewer's lifting.ts.
    /// </summary>
    public static class Lifting
    {
        /// <summary>Of its pitch, around a lifted tile; the accent's frame lies there.</summary>
        public const double Gap = 0.02;

        /// <summary>Between the tile and the edge of what it stands on, on both sides together.
        /// </summary>
        public const double BorderM = 0.03;

        const double LiftM = 0.34;
        const double Larger = 3.2;
        const double MostM = 2;
        const double LowestM = 0.12, HighestM = 0.035; // above the floor, below the wall's top
        const double UsualWindowM = 2; // in it captions have their usual size
        const double LargestCaption = 1.6;
        const double ShareOfDistance = 0.5; // for who stands nearer than the tile would

        /// <summary>How far before its wall a tile is lifted, in metres of the wall.</summary>
        public static double Before(Frame wall, Sight sight)
        {
            double away = wall.LocalOf(sight.Pose.Position).Z;
            return away > 0 ? Math.Min(LiftM, ShareOfDistance * away) : LiftM;
        }

        /// <summary>
        /// What of the plane so far before a wall is seen in the free part of the screen; null for
        /// who has no screen, or does not look at the wall from its front.
        /// </summary>
        public static WallRect? WindowOn(Frame wall, double before, Sight sight)
        {
            if (!sight.HasScreen)
            {
                return null;
            }
            var plane = new Frame(wall.PointOf(0, 0, before), wall.X, wall.Y, wall.Z);
            ScreenArea free = sight.Screen;
            Vec2 a, b, c, d;
            bool seen = Meets(sight.RayThrough(free.Left, free.Top), plane, out a)
                & Meets(sight.RayThrough(free.Right, free.Top), plane, out b)
                & Meets(sight.RayThrough(free.Left, free.Bottom), plane, out c)
                & Meets(sight.RayThrough(free.Right, free.Bottom), plane, out d);
            double left = Math.Max(a.X, c.X), right = Math.Min(b.X, d.X);
            double bottom = Math.Max(c.Y, d.Y), top = Math.Min(a.Y, b.Y);
            return seen && right > left && top > bottom
                ? new WallRect(left, bottom, right - left, top - bottom) : (WallRect?)null;
        }

        /// <summary>How much larger than usual a caption is written, so that it is as large on the
        /// screen from wherever a tile is lifted.</summary>
        public static double CaptionScale(WallRect? window)
        {
            double high = window.HasValue ? window.Value.Height : UsualWindowM;
            return Math.Min(LargestCaption, high / UsualWindowM);
        }

        /// <summary>
        /// 3.2 times as large as on the wall, but no larger than fits the window together with its
        /// caption, and no farther beyond the wall's edges than it has to be. A large tile, a
        /// matrix of tokens for instance, is read where it is: it only steps forward.
        /// </summary>
        public static LiftedPlace PlaceOf(
            WallRect tile, PlacedWall wall, double before, Caption caption, WallRect? window)
        {
            double width = tile.Width * TilePlace.Pitch, height = tile.Height * TilePlace.Pitch;
            double room = Math.Min(MostM / width, MostM / height);
            double factor = Math.Min(Larger, Math.Max(1, room));
            if (window.HasValue)
            {
                double high = Math.Max(0.1, window.Value.Height - BorderM - caption.Height);
                factor = Math.Min(
                    factor, Math.Min((window.Value.Width - BorderM) / width, high / height));
            }
            width *= factor;
            height *= factor;
            Caption slab = SlabOf(width, height, caption);
            double x = Kept(
                tile.Left + tile.Width / 2, -wall.WidthM / 2, wall.WidthM / 2, slab.Width);
            double foot = Kept(
                tile.Bottom + tile.Height / 2 - caption.Height / 2, LowestM,
                wall.HeightM - HighestM, slab.Height);
            if (window.HasValue)
            {
                x = Kept(x, window.Value.Left, window.Value.Right, slab.Width);
                foot = Kept(foot, window.Value.Bottom, window.Value.Top, slab.Height);
            }
            return new LiftedPlace(x, foot + caption.Height / 2, before, width, height);
        }

        /// <summary>A tile on its wall.</summary>
        public static LiftedPlace HomeOf(WallRect tile)
        {
            return new LiftedPlace(
                tile.Left + tile.Width / 2, tile.Bottom + tile.Height / 2, 0,
                tile.Width * TilePlace.Pitch, tile.Height * TilePlace.Pitch);
        }

        /// <summary>What a lifted tile of these edges stands on, with its caption.</summary>
        public static Caption SlabOf(double width, double height, Caption caption)
        {
            return new Caption(
                Math.Max(width + BorderM, caption.Width), height + BorderM + caption.Height);
        }

        // The middle of something of this size between two ends; in theirs if it is larger.
        static double Kept(double middle, double low, double high, double size)
        {
            double least = low + size / 2, most = high - size / 2;
            return least > most
                ? (low + high) / 2 : Math.Min(most, Math.Max(least, middle));
        }

        static bool Meets(PointerRay ray, Frame plane, out Vec2 at)
        {
            double distance, x, y;
            bool met = Picking.Meet(ray, plane, out distance, out x, out y)
                && ray.Direction.Dot(plane.Z) < 0;
            at = new Vec2(x, y);
            return met;
        }
    }
}
