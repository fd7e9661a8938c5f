using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Unit quaternions (x, y, z, w) that turn vectors of the room; radians.</summary>
    public static class Rotations
    {
        public static readonly Vec4 None = new Vec4(0, 0, 0, 1);

        const double LeastLevel = 0.15; // of a direction of length 1, for its heading to be told

        /// <summary>A turn about +y: a positive one takes -z to the left.</summary>
        public static Vec4 AboutY(double yaw)
        {
            return new Vec4(0, Math.Sin(yaw / 2), 0, Math.Cos(yaw / 2));
        }

        /// <summary>Of who looks up by `pitch`, and then turns left by `yaw`.</summary>
        public static Vec4 Looking(double yaw, double pitch)
        {
            return AboutY(yaw).After(new Vec4(Math.Sin(pitch / 2), 0, 0, Math.Cos(pitch / 2)));
        }

        public static Vec3 Turn(this Vec4 rotation, Vec3 v)
        {
            var axis = new Vec3(rotation.X, rotation.Y, rotation.Z);
            Vec3 t = axis.Cross(v).Times(2);
            return v.Plus(t.Times(rotation.W)).Plus(axis.Cross(t));
        }

        /// <summary>First `before`, then this one.</summary>
        public static Vec4 After(this Vec4 a, Vec4 before)
        {
            Vec4 b = before;
            return new Vec4(
                a.W * b.X + a.X * b.W + a.Y * b.Z - a.Z * b.Y,
                a.W * b.Y - a.X * b.Z + a.Y * b.W + a.Z * b.X,
                a.W * b.Z + a.X * b.Y - a.Y * b.X + a.Z * b.W,
                a.W * b.W - a.X * b.X - a.Y * b.Y - a.Z * b.Z);
        }

        public static Vec4 Inverse(this Vec4 a)
        {
            return new Vec4(-a.X, -a.Y, -a.Z, a.W);
        }

        /// <summary>With length 1; one of no length turns nothing.</summary>
        public static Vec4 Unit(this Vec4 a)
        {
            double length = Math.Sqrt(a.X * a.X + a.Y * a.Y + a.Z * a.Z + a.W * a.W);
            return length > 0
                ? new Vec4(a.X / length, a.Y / length, a.Z / length, a.W / length) : None;
        }

        /// <summary>
        /// Which way -z looks after it, seen from above, as a turn about +y; -pi .. pi. Rolling about
        /// -z changes nothing. Of what looks straight up or down, the way its right side shows.
        /// </summary>
        public static double Yaw(this Vec4 rotation)
        {
            Vec3 ahead = rotation.Turn(new Vec3(0, 0, -1));
            if (IsLevel(rotation))
            {
                return Math.Atan2(-ahead.X, -ahead.Z);
            }
            Vec3 right = rotation.Turn(new Vec3(1, 0, 0));
            return Math.Atan2(-right.Z, right.X);
        }

        /// <summary>Whether -z points anywhere but about straight up or down after it.</summary>
        public static bool IsLevel(this Vec4 rotation)
        {
            Vec3 ahead = rotation.Turn(new Vec3(0, 0, -1));
            return ahead.X * ahead.X + ahead.Z * ahead.Z > LeastLevel * LeastLevel;
        }

        /// <summary>The angle equal to `yaw` that is least far from `from`.</summary>
        public static double NearestTurn(double from, double yaw)
        {
            return yaw + 2 * Math.PI * Math.Round((from - yaw) / (2 * Math.PI));
        }
    }
}
