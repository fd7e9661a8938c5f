using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A station held with two hands: it goes with the middle between them, turns about the
    /// vertical as the line between them does, and is as much larger as they are farther apart.
    /// </summary>
    public readonly struct TwoHandGrab
    {
        const double NearestM = 0.05; // hands that touch say no direction

        readonly Vec3 _middle;
        readonly Vec3 _between;
        readonly StationPose _station;

        /// <summary>Takes the station; hands are points of the room.</summary>
        public TwoHandGrab(Vec3 left, Vec3 right, StationPose station)
        {
            _middle = left.Towards(right, 0.5);
            _between = right.Minus(left);
            _station = station;
        }

        /// <summary>Where the station is now that the hands are there.</summary>
        public StationPose At(Vec3 left, Vec3 right)
        {
            Vec3 between = right.Minus(left);
            double apart = Math.Max(NearestM, between.Length());
            double before = Math.Max(NearestM, _between.Length());
            double scale = Grabbing.Bounded(_station.Scale * apart / before, _station.Scale);
            Vec4 turn = Rotations.AboutY(TurnTo(between));
            Vec3 offset = _station.Position.Minus(_middle).Times(scale / _station.Scale);
            Vec3 position = left.Towards(right, 0.5).Plus(turn.Turn(offset));
            return new StationPose(
                Grabbing.AboveFloor(position), turn.After(_station.Rotation).Unit(), scale);
        }

        // Radians about +y, 0 where one hand is above the other.
        double TurnTo(Vec3 between)
        {
            double from = Math.Sqrt(_between.X * _between.X + _between.Z * _between.Z);
            double to = Math.Sqrt(between.X * between.X + between.Z * between.Z);
            if (from < NearestM || to < NearestM)
            {
                return 0;
            }
            return Math.Atan2(-between.Z, between.X) - Math.Atan2(-_between.Z, _between.X);
        }
    }
}
