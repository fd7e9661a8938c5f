using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Smooth walking and turning with the sticks of a headset's controllers.</summary>
    public sealed class StickMotion
    {
        /// <summary>Part of a stick's way that counts as none.</summary>
        public const double DeadZone = 0.15;

        /// <summary>Radians a second with the stick at its end.</summary>
        public const double FastestTurnRadS = Math.PI / 2;

        readonly double _fastestMS;
        double _x, _z, _turn;

        /// <summary>`fastestMS`: metres a second with the stick at its end.</summary>
        public StickMotion(double fastestMS = 2.5)
        {
            _fastestMS = fastestMS;
        }

        /// <summary>Metres a second, of the last step.</summary>
        public double SpeedMS
        {
            get { return Math.Sqrt(_x * _x + _z * _z); }
        }

        /// <summary>Radians a second to the left, of the last step.</summary>
        public double TurnRadS
        {
            get { return _turn; }
        }

        /// <summary>
        /// Metres in the room to move in these seconds, for who faces `yaw`; x is the stick's way
        /// to the right and y forward, -1 .. 1. No way is faster than straight ahead.
        /// </summary>
        public Vec3 Walk(double x, double y, double yaw, double seconds)
        {
            double way = Math.Sqrt(x * x + y * y);
            double speed = Math.Abs(Wanted(way)) * _fastestMS;
            double right = way > 0 ? x / way * speed : 0, forward = way > 0 ? y / way * speed : 0;
            double sin = Math.Sin(yaw), cos = Math.Cos(yaw);
            _x = Settling.Step(_x, right * cos - forward * sin, seconds);
            _z = Settling.Step(_z, -right * sin - forward * cos, seconds);
            return new Vec3(_x * seconds, 0, _z * seconds);
        }

        /// <summary>Radians to turn left in these seconds; x is the stick's way right.</summary>
        public double Turn(double x, double seconds)
        {
            _turn = Settling.Step(_turn, -Wanted(x) * FastestTurnRadS, seconds);
            return _turn * seconds;
        }

        static double Wanted(double way)
        {
            double beyond = (Math.Abs(way) - DeadZone) / (1 - DeadZone);
            return Math.Sign(way) * Vectors.Clamp(beyond, 0, 1);
        }
    }
}
