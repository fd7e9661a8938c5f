using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A way to another place: in 0.9 s through the air, or, where it is far or motion is
    /// unwanted, in 0.7 s through the dark.
    /// </summary>
    public readonly struct Flight
    {
        public const double FlyingS = 0.9;
        public const double DarkeningS = 0.35;

        /// <summary>Beyond it a flight would only make dizzy.</summary>
        public const double LimitM = 30;

        public readonly VisitorPose From;
        public readonly VisitorPose To;
        public readonly bool Fades;

        /// <summary>`calm`: motion is unwanted.</summary>
        public Flight(VisitorPose from, VisitorPose to, bool calm)
        {
            double yaw = Rotations.NearestTurn(from.Yaw, to.Yaw);
            From = from;
            To = new VisitorPose(to.Position, yaw, to.Pitch, to.Fov);
            Fades = calm || from.Position.DistanceTo(to.Position) > LimitM;
        }

        /// <summary>How long it takes, in seconds.</summary>
        public double DurationS
        {
            get { return Fades ? 2 * DarkeningS : FlyingS; }
        }

        /// <summary>Where the visitor is after so many seconds.</summary>
        public VisitorPose At(double seconds)
        {
            double part = Part(seconds);
            if (Fades)
            {
                return part < 0.5 ? From : To;
            }
            return part < 1 ? Between(From, To, EaseInOutCubic(part)) : To;
        }

        /// <summary>0: the room is seen, 1: all is dark.</summary>
        public double Darkness(double seconds)
        {
            return Fades ? 1 - Math.Abs(2 * Part(seconds) - 1) : 0;
        }

        double Part(double seconds)
        {
            return Math.Min(1, seconds / DurationS);
        }

        static VisitorPose Between(VisitorPose a, VisitorPose b, double t)
        {
            return new VisitorPose(
                a.Position.Towards(b.Position, t), a.Yaw + (b.Yaw - a.Yaw) * t,
                a.Pitch + (b.Pitch - a.Pitch) * t, a.Fov + (b.Fov - a.Fov) * t);
        }

        static double EaseInOutCubic(double t)
        {
            return t < 0.5 ? 4 * t * t * t : 1 - Math.Pow(2 - 2 * t, 3) / 2;
        }
    }
}
