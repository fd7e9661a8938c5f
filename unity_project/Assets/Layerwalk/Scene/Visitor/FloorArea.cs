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

        /// <summary>4 m around all walls, the start and the board.</summary>
        public static FloorArea Of(Room room, PlacedWall[] walls)
        {
            var area = new FloorArea(
                0, 0, room.Start.PositionM.Z, Math.Min(room.EndM, room.Start.PositionM.Z));
            area = area.With(room.Start.PositionM).With(room.Board.PositionM);
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
