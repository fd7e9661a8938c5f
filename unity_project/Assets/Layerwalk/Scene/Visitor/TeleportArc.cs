using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// The arc that a thrown ball takes from a hand to the floor, and whether one may stand where
    /// it ends. Its points are written anew by every throw, without allocating.
    /// </summary>
    public sealed class TeleportArc
    {
        const double SpeedMS = 8;
        const double GravityMS2 = 9.81;
        const double LongestS = 3;
        const double ClearanceM = 0.35; // so near a wall nobody stands

        readonly Vec3[] _points;

        public TeleportArc(int points = 32)
        {
            _points = new Vec3[Math.Max(2, points)];
        }

        /// <summary>From the hand to the end, in metres of the room; the first `Count`.</summary>
        public Vec3[] Points
        {
            get { return _points; }
        }

        public int Count
        {
            get { return _points.Length; }
        }

        /// <summary>Where the arc ends: on the floor, on a wall, or in the air.</summary>
        public Vec3 End { get; private set; }

        /// <summary>One may stand at the end.</summary>
        public bool Valid { get; private set; }

        /// <summary>Throws along the hand's -z.</summary>
        public void Throw(RigidPose hand, FloorArea floor, PlacedWall[] walls)
        {
            Vec3 velocity = hand.Forward.Times(SpeedMS);
            double landsS = LandsAfter(hand.Position.Y, velocity.Y);
            double endS = Math.Min(LongestS, landsS);
            bool onFloor = landsS <= LongestS;
            double stepS = endS / (_points.Length - 1);
            _points[0] = hand.Position;
            for (int i = 1; i < _points.Length; i++)
            {
                Vec3 to = At(hand.Position, velocity, i * stepS);
                Vec3 met;
                if (MeetsWall(_points[i - 1], to, walls, out met))
                {
                    Fill(i, met);
                    onFloor = false;
                    break;
                }
                _points[i] = to;
            }
            End = _points[_points.Length - 1];
            if (onFloor)
            {
                End = new Vec3(End.X, 0, End.Z);
                _points[_points.Length - 1] = End;
            }
            Valid = onFloor && floor.Contains(End) && IsClear(End, walls);
        }

        /// <summary>Whether there is room to stand between the walls.</summary>
        public static bool IsClear(Vec3 feet, PlacedWall[] walls)
        {
            foreach (PlacedWall wall in walls)
            {
                Vec3 local = wall.Frame.LocalOf(feet);
                double margin = ClearanceM / wall.Frame.Scale;
                bool high = local.Y > wall.HeightM || local.Y < -VisitorPose.EyeM / wall.Frame.Scale;
                bool beside = Math.Abs(local.X) > wall.WidthM / 2 + margin;
                if (!high && !beside && Math.Abs(local.Z) < margin)
                {
                    return false;
                }
            }
            return true;
        }

        static double LandsAfter(double height, double up)
        {
            double under = up * up + 2 * GravityMS2 * height;
            double after = under < 0 ? -1 : (up + Math.Sqrt(under)) / GravityMS2;
            return after > 0 && height > 0 ? after : double.PositiveInfinity;
        }

        static Vec3 At(Vec3 from, Vec3 velocity, double seconds)
        {
            double fall = GravityMS2 * seconds * seconds / 2;
            return from.Plus(velocity.Times(seconds)).Minus(new Vec3(0, fall, 0));
        }

        static bool MeetsWall(Vec3 from, Vec3 to, PlacedWall[] walls, out Vec3 met)
        {
            double nearest = double.PositiveInfinity;
            foreach (PlacedWall wall in walls)
            {
                double part;
                if (Picking.Crosses(from, to, wall, out part) && part < nearest)
                {
                    nearest = part;
                }
            }
            met = nearest <= 1 ? from.Towards(to, nearest) : to;
            return nearest <= 1;
        }

        void Fill(int from, Vec3 with)
        {
            for (int i = from; i < _points.Length; i++)
            {
                _points[i] = with;
            }
        }
    }
}
