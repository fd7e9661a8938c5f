using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>A lifted tile as it is drawn now, with what it stands on.</summary>
    public sealed class RaisedTile
    {
        public readonly PlacedWall Wall;

        /// <summary>Index in its layer.</summary>
        public readonly long Tile;

        /// <summary>At its middle.</summary>
        public readonly Frame Frame;

        public readonly double Width, Height;
        public readonly Caption Caption;

        public RaisedTile(PlacedWall wall, long tile, LiftedPlace place, Caption caption)
        {
            Wall = wall;
            Tile = tile;
            Frame home = wall.Frame;
            Frame = new Frame(
                home.PointOf(place.X, place.Y, place.Before), home.X, home.Y, home.Z);
            Width = place.Width;
            Height = place.Height;
            Caption = caption;
        }

        /// <summary>What it stands on, in its frame.</summary>
        public WallRect Slab
        {
            get
            {
                Caption size = Lifting.SlabOf(Width, Height, Caption);
                double top = (Height + Lifting.BorderM) / 2;
                return new WallRect(-size.Width / 2, top - size.Height, size.Width, size.Height);
            }
        }

        /// <summary>Where a ray meets the tile, or what it stands on; false for neither.</summary>
        public bool TryMeet(PointerRay ray, out Hit hit)
        {
            double distance, x, y;
            WallRect slab = Slab;
            bool met = Picking.Meet(ray, Frame, out distance, out x, out y)
                && ray.Direction.Dot(Frame.Z) < 0 && x >= slab.Left && x <= slab.Right
                && y >= slab.Bottom && y <= slab.Top;
            double u = Inside(x / Width + 0.5), v = Inside(0.5 - y / Height);
            bool on = Math.Min(u, v) >= 0 && Math.Max(u, v) <= 1;
            hit = met
                ? new Hit(
                    on ? HitKind.Tile : HitKind.Wall, distance, ray.At(distance), Wall, x, y,
                    on ? new TilePlace(Tile, u, v) : TilePlace.None, true)
                : Hit.Nothing;
            return met;
        }

        static double Inside(double place)
        {
            return (place - Lifting.Gap / 2) / (1 - Lifting.Gap);
        }
    }
}
