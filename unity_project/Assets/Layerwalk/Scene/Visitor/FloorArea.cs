using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>The part of the floor where one may stand: metres of the room.</summary>
    public readonly struct FloorArea
    {
        const double MarginM = 4;

        public readonly double Left;
        public readonly double Right;
        public readonly double Near;
        public readonly double Far;

        /// <summary>From x `left` to `right`, and from z `near` down to `far`.</summary>
        public FloorArea(double left, double right, double near, double far)
        {
            Left = left;
            Right = right;
            Near = near;
            Far = far;
        }

        /// <summary>4 m around all walls, the aisle, the start and the board.</summary>
        public static FloorArea Of(Room room, PlacedWall[] walls)
        {
            Vec3 start = room.Start.PositionM;
            var area = new FloorArea(start.X, start.X, start.Z, start.Z);
            area = area.With(room.Board.PositionM);
            if (room.Way.Length == 0)
            {
                area = area.With(new Vec3(0, 0, start.Z)).With(
                    new Vec3(0, 0, Math.Min(room.EndM, start.Z)));
            }
            foreach (Waypoint one in room.Way) // elsewhere the end is no place, but a depth
            {
                area = area.With(one.PositionM);
            }
            foreach (PlacedWall wall in walls)
            {
                area = area.With(wall.Frame.Origin);
            }
            return new FloorArea(
                area.Left - MarginM, area.Right + MarginM, area.Near + MarginM,
                area.Far - MarginM);
        }

        public bool Contains(Vec3 point)
        {
            return point.X >= Left && point.X <= Right && point.Z <= Near && point.Z >= Far;
        }

        FloorArea With(Vec3 point)
        {
            return new FloorArea(
                Math.Min(Left, point.X), Math.Max(Right, point.X), Math.Max(Near, point.Z),
                Math.Min(Far, point.Z));
        }
    }
}
