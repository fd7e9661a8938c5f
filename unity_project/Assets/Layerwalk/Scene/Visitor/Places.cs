using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Places to stand: before a wall, on the aisle, at the start, at the board, above all.
    /// </summary>
    public static class Places
    {
        const double WallDistanceM = 2.75;
        const double OppositeM = 1.3; // farther back, walls across the aisle stand in the way
        const double AisleDistanceM = 4.25;
        const double BoardDistanceM = 7.5;

        // From above the room lies between these tangents left and right of the line to its target.
        const double AboveLeft = -0.52, AboveRight = 0.33;

        // The far end of a long room, with the names of blocks beside it.
        const double LongAboveRight = 0.4;

        // From farther away one looks less down, so that the first walls do not sink away.
        const double AboveRise = 0.85;

        // So much lower one looks that the tower's lowest row lies above the foot of the screen.
        const double AboveMapRad = 0.05;

        // The foot of the photograph.
        static readonly Vec3 NearestFromAbove = new Vec3(-2.4, 0.5, -1.5);

        /// <summary>
        /// Where to stand before a wall, facing it: 2.75 m along its normal, or so much farther
        /// and aside that its name and all its tiles lie in the free part of the screen.
        /// </summary>
        public static VisitorPose BeforeWall(
            Room room, Station station, Protocol.Wall wall, Placement placement, ScreenArea screen)
        {
            bool moved = placement.IsMoved(station.Key);
            double scale = placement.PoseOf(station.Key).Scale;
            Vec3 foot = placement.Moved(wall.PositionM, station.Key);
            double yaw = WallYaw(station, wall, placement);
            double sin = Math.Sin(yaw), cos = Math.Cos(yaw);
            double low = LowestContent(wall), high = wall.HeightM - 0.06;
            double wide = scale * wall.WidthM, tall = scale * (high - low);
            double across = Math.Abs(Math.Sin(Aisle.TurnOf(room, station, yaw)));
            double farthest = moved
                ? double.PositiveInfinity : (Aisle.AsideOf(room, wall) + OppositeM) / across;
            double fitting = FittingDistance(wide, tall, screen);
            double nearest = WallDistanceM * Math.Max(1, scale);
            double far = Math.Max(nearest, Math.Min(farthest, fitting));
            double pixel = MetresPerPixel(far, screen);
            double aside = StepAside(wide, screen, pixel);
            double top = foot.Y + scale * high;
            double usual = top - foot.Y - VisitorPose.EyeM * scale;
            double above = Rise(tall, usual, screen, pixel);
            var position = new Vec3(
                foot.X + sin * far + cos * aside, top - above, foot.Z + cos * far - sin * aside);
            return new VisitorPose(position, yaw, 0);
        }

        /// <summary>
        /// For who wears a headset: feet on the floor before a wall, so far that its face fits
        /// between 35 degrees up and down, but not beyond the aisle. In the tower the floor is that
        /// of the wall's row.
        /// </summary>
        public static VisitorPose FeetBefore(
            Room room, Station station, Protocol.Wall wall, Placement placement)
        {
            const double pixels = 1000;
            double tangent = Math.Tan(35 * Math.PI / 180);
            double floor = Math.Tan(VisitorPose.FloorFov * Math.PI / 360);
            double inset = pixels / 2 * (1 - Math.Min(1, tangent / floor));
            var screen = new ScreenArea(
                pixels, pixels, inset, inset, pixels - inset, pixels - inset);
            VisitorPose pose = BeforeWall(room, station, wall, placement, screen);
            Vec3 at = pose.Position;
            double level = room.Layout != RoomLayout.Tower
                ? 0 : Math.Max(0, placement.Moved(station.OriginM, station.Key).Y);
            return new VisitorPose(new Vec3(at.X, level, at.Z), pose.Yaw, 0);
        }

        /// <summary>On the aisle before a station, looking along it; before its wall, where that
        /// was moved away from an aisle that is not straight.</summary>
        public static VisitorPose OnAisle(
            Room room, Station station, Placement placement, ScreenArea screen)
        {
            if (room.Way.Length > 0)
            {
                if (station.Walls.Length > 0 && placement.IsMoved(station.Key))
                {
                    return BeforeWall(room, station, station.Walls[0], placement, screen);
                }
                double before = room.Layout == RoomLayout.Tower ? 0 : AisleDistanceM;
                return Aisle.At(room, Aisle.DepthOf(room, station) + before);
            }
            Vec3 at = placement.Moved(station.OriginM, station.Key);
            double x = placement.IsMoved(station.Key) ? at.X : 0;
            var position = new Vec3(x, VisitorPose.EyeM, at.Z + AisleDistanceM);
            return new VisitorPose(position, 0, 0.05);
        }

        public static VisitorPose AtStart(Room room)
        {
            Vec3 feet = room.Start.PositionM;
            var eyes = new Vec3(feet.X, feet.Y + VisitorPose.EyeM, feet.Z);
            double pitch = room.Layout == RoomLayout.Tower ? UpToMiddle(room) : 0.013;
            return new VisitorPose(eyes, room.Start.YawRad, pitch);
        }

        // From the start the whole tower is in sight, lowest row and highest.
        static double UpToMiddle(Room room)
        {
            Picture3D board = room.Board;
            double away = room.Start.PositionM.Z - board.PositionM.Z;
            double top = Math.Atan2(board.PositionM.Y + board.HeightM - VisitorPose.EyeM, away);
            return (top - Math.Atan2(VisitorPose.EyeM, away)) / 2 - AboveMapRad;
        }

        public static VisitorPose AtBoard(Room room)
        {
            double yaw = room.Board.YawRad;
            Vec3 board = room.Board.PositionM;
            double floor = room.Layout == RoomLayout.Tower ? board.Y : 0;
            var position = new Vec3(
                board.X + Math.Sin(yaw) * BoardDistanceM, floor + VisitorPose.EyeM,
                board.Z + Math.Cos(yaw) * BoardDistanceM);
            return new VisitorPose(position, yaw, 0.04);
        }

        /// <summary>
        /// High above the start, to the right; nearer where the network is short, but above its
        /// walls, and farther where it is long, so that more than its first walls can be told
        /// apart. What is no corridor is seen whole.
        /// </summary>
        public static VisitorPose Above(Room room, ScreenArea screen)
        {
            if (room.Layout != RoomLayout.Linear)
            {
                return WholeRoom.Above(room, screen);
            }
            double scale = Overview.ScaleOf(room) * Vectors.Clamp(-room.EndM / 60, 0.5, 1);
            double high = Math.Max(0.85, Math.Min(scale, Math.Pow(scale, AboveRise)));
            var eye = new Vec3(10.5 * scale, 8.2 * high, 11.5 * scale);
            var target = new Vec3(1.9 * scale, 1.05 + 0.7 * scale, -15 * scale);
            Vec3 to = target.Minus(eye);
            double end = scale > 1 ? LongAboveRight : AboveRight;
            double left = (2 * screen.Left - screen.Width) / screen.Height;
            double right = (2 * screen.Right - screen.Width) / screen.Height;
            double least = Math.Tan(VisitorPose.OverviewFov * Math.PI / 360);
            double half = Math.Max(least, (end - AboveLeft) / (right - left));
            double turn = Math.Atan((AboveLeft + end) / 2)
                - Math.Atan((left + right) / 2 * half);
            double level = Math.Sqrt(to.X * to.X + to.Z * to.Z);
            return new VisitorPose(
                eye, Math.Atan2(-to.X, -to.Z) - turn,
                Tilted(Math.Atan2(to.Y, level), eye, half, screen),
                Math.Atan(half) * 360 / Math.PI);
        }

        // So much lower that the nearest lies above what is at the foot of the screen, if all
        // else still does.
        static double Tilted(double pitch, Vec3 eye, double half, ScreenArea screen)
        {
            double below = (2 * screen.Bottom / screen.Height - 1) * half;
            double above = (1 - 2 * screen.Top / screen.Height) * half;
            Vec3 to = NearestFromAbove.Minus(eye);
            double level = Math.Sqrt(to.X * to.X + to.Z * to.Z);
            double wanted = Math.Atan2(to.Y, level) + Math.Atan(below);
            return Math.Min(pitch, Math.Max(-Math.Atan(above), wanted));
        }

        /// <summary>The station nearest to a point, seen from above; in the tower, where walls
        /// are above others, to eyes there. Null for no room.</summary>
        public static Station Nearest(Room room, Vec3 point, Placement placement)
        {
            Station best = null;
            double least = double.PositiveInfinity;
            foreach (Station station in room.Stations)
            {
                Vec3 at = placement.Moved(station.OriginM, station.Key);
                double up = room.Layout == RoomLayout.Tower
                    ? at.Y + VisitorPose.EyeM - point.Y : 0;
                double far = new Vec3(at.X, up, at.Z).DistanceTo(new Vec3(point.X, 0, point.Z));
                if (far < least)
                {
                    best = station;
                    least = far;
                }
            }
            return best;
        }

        /// <summary>
        /// The first station of every block along the aisle; every station where there are few.
        /// </summary>
        public static List<Station> Stops(Room room)
        {
            var first = new List<Station>();
            string before = null;
            foreach (Station station in room.Stations)
            {
                if (station.Closed != "" || station.Block == "" || station.Block != before)
                {
                    first.Add(station);
                }
                before = station.Block;
            }
            return first.Count >= 4 ? first : new List<Station>(room.Stations);
        }

        /// <summary>Yaw of a wall after its station's transform.</summary>
        public static double WallYaw(Station station, Protocol.Wall wall, Placement placement)
        {
            var normal = new Vec3(Math.Sin(wall.YawRad), 0, Math.Cos(wall.YawRad));
            Vec3 turned = placement.Turned(normal, station.Key);
            return Math.Atan2(turned.X, turned.Z);
        }

        // Metres above the wall's foot, a little below the lowest tile.
        static double LowestContent(Protocol.Wall wall)
        {
            double least = wall.HeightM / 2;
            foreach (Panel panel in wall.Panels)
            {
                least = Math.Min(least, WallRect.Of(panel).Bottom);
            }
            return Math.Max(0, least - 0.08);
        }

        static double MetresPerPixel(double far, ScreenArea screen)
        {
            return 2 * far * Math.Tan(VisitorPose.FloorFov * Math.PI / 360) / screen.Height;
        }

        static double FittingDistance(double wide, double tall, ScreenArea screen)
        {
            double pixel = Math.Max(
                wide / (screen.Right - screen.Left), tall / (screen.Bottom - screen.Top));
            return pixel / MetresPerPixel(1, screen);
        }

        // How far right of its middle to stand so that something wide lies in the free part.
        static double StepAside(double wide, ScreenArea screen, double pixel)
        {
            double toRight = (screen.Right - screen.Width / 2) * pixel;
            double toLeft = (screen.Width / 2 - screen.Left) * pixel;
            double wanted = Math.Max(0, wide / 2 - toRight);
            return Math.Min(wanted, Math.Max(0, (toLeft - toRight) / 2));
        }

        // How far its top is above the eye: as usual, if it lies in the free part so; its top
        // always.
        static double Rise(double tall, double usual, ScreenArea screen, double pixel)
        {
            double most = (screen.Height / 2 - screen.Top) * pixel;
            double spare = Math.Max(0, (screen.Bottom - screen.Top) * pixel - tall);
            return Math.Min(most, Math.Max(most - spare, usual));
        }
    }
}
