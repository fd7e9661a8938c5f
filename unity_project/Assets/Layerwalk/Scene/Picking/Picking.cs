using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>What a ray meets, on the walls' own frames. Nothing is allocated.</summary>
    public static class Picking
    {
        /// <summary>The first thing a ray meets; `board` and the lifted tile may be null.
        /// </summary>
        public static Hit Pick(
            PointerRay ray, PlacedWall[] walls, Picture3D board, RaisedTile raised = null)
        {
            Hit nearest = Hit.Nothing;
            if (raised != null)
            {
                raised.TryMeet(ray, out nearest);
            }
            foreach (PlacedWall wall in walls)
            {
                double distance, x, y;
                bool met = Meet(ray, wall.Frame, out distance, out x, out y);
                if (met && distance < nearest.DistanceM && IsOn(wall, x, y))
                {
                    nearest = HitOf(ray, wall, distance, x, y);
                }
            }
            if (board != null)
            {
                nearest = Nearer(ray, board, nearest);
            }
            double down = ray.Direction.Y < 0
                ? -ray.Origin.Y / ray.Direction.Y : double.PositiveInfinity;
            if (down < nearest.DistanceM && down >= 0)
            {
                Vec3 at = ray.At(down);
                var point = new Vec3(at.X, 0, at.Z);
                return new Hit(HitKind.Floor, down, point, null, 0, 0, TilePlace.None);
            }
            return nearest;
        }

        /// <summary>
        /// Where a ray meets a frame's x-y plane, from either side: distance in metres, and x and
        /// y in the frame's metres. False for a plane that is behind the ray or along it.
        /// </summary>
        public static bool Meet(
            PointerRay ray, Frame frame, out double distance, out double x, out double y)
        {
            double facing = ray.Direction.Dot(frame.Z);
            bool along = Math.Abs(facing) < 1e-6;
            distance = along ? -1 : frame.Origin.Minus(ray.Origin).Dot(frame.Z) / facing;
            Vec3 local = distance > 0 ? frame.LocalOf(ray.At(distance)) : default(Vec3);
            x = local.X;
            y = local.Y;
            return distance > 0;
        }

        /// <summary>Whether a way leads through a wall, and after what part of it.</summary>
        public static bool Crosses(Vec3 from, Vec3 to, PlacedWall wall, out double part)
        {
            Vec3 way = to.Minus(from);
            double length = way.Length();
            double distance, x, y;
            var ray = new PointerRay(from, way.Direction());
            bool met = Meet(ray, wall.Frame, out distance, out x, out y);
            part = met ? distance / length : double.PositiveInfinity;
            return met && part <= 1 && IsOn(wall, x, y);
        }

        static bool IsOn(PlacedWall wall, double x, double y)
        {
            return Math.Abs(x) <= wall.WidthM / 2 && y >= 0 && y <= wall.HeightM;
        }

        // A wall is met from the front, or hides what is behind it from the back.
        static Hit HitOf(PointerRay ray, PlacedWall wall, double distance, double x, double y)
        {
            bool front = ray.Direction.Dot(wall.Frame.Z) < 0;
            TilePlace tile = TilePlace.None;
            for (int i = 0; front && tile.Tile < 0 && i < wall.Panels.Length; i++)
            {
                tile = TilePlace.At(wall.Panels[i], x, y);
            }
            HitKind kind = front ? KindOf(wall, tile) : HitKind.Nothing;
            return new Hit(kind, distance, ray.At(distance), wall, x, y, tile);
        }

        static HitKind KindOf(PlacedWall wall, TilePlace tile)
        {
            switch (wall.Kind)
            {
                case WallKind.Photograph: return HitKind.Photograph;
                case WallKind.Shelf: return HitKind.Shelf;
                default: return tile.Tile >= 0 ? HitKind.Tile : HitKind.Wall;
            }
        }

        static Hit Nearer(PointerRay ray, Picture3D board, Hit nearest)
        {
            Frame frame = Frame.Of(board);
            double distance, x, y;
            bool met = Meet(ray, frame, out distance, out x, out y)
                && ray.Direction.Dot(frame.Z) < 0 && distance < nearest.DistanceM
                && Math.Abs(x) <= board.WidthM / 2 && y >= 0 && y <= board.HeightM;
            return met
                ? new Hit(HitKind.Board, distance, ray.At(distance), null, x, y, TilePlace.None)
                : nearest;
        }
    }
}
