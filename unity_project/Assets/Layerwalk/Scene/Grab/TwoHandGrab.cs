using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A station held with two hands: it goes with the middle between them, turns about the
    /// vertical as the line between them does, and is as much larger as they are farther apart.
    /// While one hand is above the other, that line has no direction seen from above, and the
    /// station keeps the turn it has; when it has one again, the turn goes on from there.
    /// </summary>
    public sealed class TwoHandGrab
    {
        const double NearestM = 0.05; // hands that touch say no direction

        readonly Vec3 _middle;
        readonly double _apart;
        readonly StationPose _station;

        double _turn; // radians about +y
        double _heading; // of the line when it last had a direction; NaN when it has none

        /// <summary>Takes the station; hands are points of the room.</summary>
        public TwoHandGrab(Vec3 left, Vec3 right, StationPose station)
        {
            Vec3 between = right.Minus(left);
            _middle = left.Towards(right, 0.5);
            _apart = Math.Max(NearestM, between.Length());
            _heading = Heading(between);
            _station = station;
        }

        /// <summary>
        /// Where the station is now that the hands are there. To be called as they move: a turn is
        /// the sum of small ones.
        /// </summary>
        public StationPose At(Vec3 left, Vec3 right)
        {
            Vec3 between = right.Minus(left);
            double apart = Math.Max(NearestM, between.Length());
            double scale = Grabbing.Bounded(_station.Scale * apart / _apart, _station.Scale);
            TurnTo(between);
            Vec4 turn = Rotations.AboutY(_turn);
            Vec3 offset = _station.Position.Minus(_middle).Times(scale / _station.Scale);
            Vec3 position = left.Towards(right, 0.5).Plus(turn.Turn(offset));
            return new StationPose(
                Grabbing.AboveFloor(position), turn.After(_station.Rotation).Unit(), scale);
        }

        void TurnTo(Vec3 between)
        {
            double heading = Heading(between);
            if (!double.IsNaN(heading) && !double.IsNaN(_heading))
            {
                _turn += Rotations.NearestTurn(0, heading - _heading);
            }
            _heading = heading;
        }

        static double Heading(Vec3 between)
        {
            double level = Math.Sqrt(between.X * between.X + between.Z * between.Z);
            return level < NearestM ? double.NaN : Math.Atan2(-between.Z, between.X);
        }
    }
}
