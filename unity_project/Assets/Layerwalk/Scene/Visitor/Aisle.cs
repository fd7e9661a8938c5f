using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// The way through a room in every layout, by the depth that places have in the corridor,
    /// where it is z. The room's `Way` says where it is; without one it is the z axis. The
    /// arithmetic of the web viewer's layouts.ts.
    /// </summary>
    public static class Aisle
    {
        const double Pitch = 0.05; // from the aisle one looks up a little
        const double AtStartM = 4; // up to so far from where the way begins one is at its start

        /// <summary>Eyes on the aisle at a depth of the corridor, looking along it.</summary>
        public static VisitorPose At(Room room, double depth)
        {
            Waypoint[] way = room.Way;
            if (way.Length == 0)
            {
                return new VisitorPose(new Vec3(0, VisitorPose.EyeM, depth), 0, Pitch);
            }
            int reached = Array.FindIndex(way, one => one.ZM <= depth);
            int next = reached < 0 ? way.Length - 1 : Math.Max(1, reached);
            Waypoint b = way[Math.Min(next, way.Length - 1)];
            Waypoint a = way[Math.Max(0, Math.Min(next, way.Length - 1) - 1)];
            double length = a.ZM - b.ZM;
            double past = length > 0 ? Vectors.Clamp((a.ZM - depth) / length, 0, 1) : 0;
            bool tower = room.Layout == RoomLayout.Tower;
            // The tower's is a series of places: in between one would stand before the wrong wall.
            double share = tower ? Math.Floor(past + 0.5) : past;
            Vec3 floor = a.PositionM.Towards(b.PositionM, share);
            return new VisitorPose(
                floor.Plus(new Vec3(0, VisitorPose.EyeM, 0)),
                a.YawRad + (b.YawRad - a.YawRad) * share, tower ? 0 : Pitch);
        }

        /// <summary>How deep in the corridor the part of the aisle is that is nearest to these
        /// eyes.</summary>
        public static double DepthOf(Room room, Vec3 eyes)
        {
            Waypoint[] way = room.Way;
            Vec3 feet = eyes.Minus(new Vec3(0, VisitorPose.EyeM, 0));
            double depth = eyes.Z, least = double.PositiveInfinity;
            for (int i = 0; i < way.Length; i++)
            {
                Waypoint a = way[i], b = way[Math.Min(i + 1, way.Length - 1)];
                double share = NearestOn(a, b, feet);
                double far = a.PositionM.Towards(b.PositionM, share).DistanceTo(feet);
                if (far < least)
                {
                    least = far;
                    depth = a.ZM + (b.ZM - a.ZM) * share;
                }
            }
            return depth;
        }

        /// <summary>How high the floor is where these eyes are: the tower has one in every row.
        /// </summary>
        public static double FloorAt(Room room, Vec3 eyes)
        {
            return room == null || room.Layout != RoomLayout.Tower
                ? 0 : At(room, DepthOf(room, eyes)).Position.Y - VisitorPose.EyeM;
        }

        /// <summary>How much of the way through the room lies behind a place: 0 at the start, 1
        /// at the end.</summary>
        public static double ShareOf(Room room, Vec3 eyes)
        {
            double begin = BeginOf(room), gone = begin - DepthOf(room, eyes);
            return gone < AtStartM ? 0 : Math.Min(1, gone / (begin - room.EndM));
        }

        /// <summary>Eyes on the aisle there.</summary>
        public static VisitorPose AtShare(Room room, double share)
        {
            double begin = BeginOf(room);
            return At(room, begin + (room.EndM - begin) * share);
        }

        /// <summary>How deep in the corridor a station stands that nobody has moved.</summary>
        public static double DepthOf(Room room, Station station)
        {
            if (room.Way.Length == 0 || station.Walls.Length == 0)
            {
                return station.OriginM.Z;
            }
            Vec3 foot = room.Layout == RoomLayout.Tower
                ? station.OriginM : InnerEdge(station.Walls[0]);
            return DepthOf(room, foot.Plus(new Vec3(0, VisitorPose.EyeM, 0)));
        }

        /// <summary>How far aside of the aisle a wall's foot is; nothing is opposite to it in the
        /// tower.</summary>
        public static double AsideOf(Room room, Protocol.Wall wall)
        {
            if (room.Way.Length == 0)
            {
                return Math.Abs(wall.PositionM.X);
            }
            if (room.Layout == RoomLayout.Tower)
            {
                return double.PositiveInfinity;
            }
            Vec3 eyes = InnerEdge(wall).Plus(new Vec3(0, VisitorPose.EyeM, 0));
            VisitorPose on = At(room, DepthOf(room, eyes));
            Vec3 across = Frame.Upright(on.Position, on.Yaw).X;
            return Math.Abs(wall.PositionM.Minus(on.Position).Dot(across));
        }

        /// <summary>The angle between a wall of this yaw and the way along the aisle at it.
        /// </summary>
        public static double TurnOf(Room room, Station station, double yaw)
        {
            return room.Layout == RoomLayout.Spiral ? yaw - station.YawRad : yaw;
        }

        static double BeginOf(Room room)
        {
            return room.Way.Length > 0 ? room.Way[0].ZM : room.Start.PositionM.Z;
        }

        // Share of a straight piece of the way up to the point that is nearest; of one up to the
        // next row its begin.
        static double NearestOn(Waypoint a, Waypoint b, Vec3 point)
        {
            Vec3 along = b.PositionM.Minus(a.PositionM);
            double length = along.Dot(along);
            bool level = a.PositionM.Y == b.PositionM.Y;
            return level && length > 0
                ? Vectors.Clamp(point.Minus(a.PositionM).Dot(along) / length, 0, 1) : 0;
        }

        // The foot of a wall's edge at the aisle.
        static Vec3 InnerEdge(Protocol.Wall wall)
        {
            return Frame.Of(wall).PointOf(-wall.Side * wall.WidthM / 2, 0);
        }
    }
}
