using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Arithmetic of vectors in the room: metres, right-handed, y up.</summary>
    public static class Vectors
    {
        public static readonly Vec3 Up = new Vec3(0, 1, 0);

        public static Vec3 Plus(this Vec3 a, Vec3 b)
        {
            return new Vec3(a.X + b.X, a.Y + b.Y, a.Z + b.Z);
        }

        public static Vec3 Minus(this Vec3 a, Vec3 b)
        {
            return new Vec3(a.X - b.X, a.Y - b.Y, a.Z - b.Z);
        }

        public static Vec3 Times(this Vec3 a, double by)
        {
            return new Vec3(a.X * by, a.Y * by, a.Z * by);
        }

        public static double Dot(this Vec3 a, Vec3 b)
        {
            return a.X * b.X + a.Y * b.Y + a.Z * b.Z;
        }

        public static Vec3 Cross(this Vec3 a, Vec3 b)
        {
            return new Vec3(
                a.Y * b.Z - a.Z * b.Y, a.Z * b.X - a.X * b.Z, a.X * b.Y - a.Y * b.X);
        }

        public static double Length(this Vec3 a)
        {
            return Math.Sqrt(a.Dot(a));
        }

        public static double DistanceTo(this Vec3 a, Vec3 b)
        {
            return a.Minus(b).Length();
        }

        /// <summary>The same direction with length 1; a vector of length 0 stays.</summary>
        public static Vec3 Direction(this Vec3 a)
        {
            double length = a.Length();
            return length > 0 ? a.Times(1 / length) : a;
        }

        /// <summary>The way from a to b, `part` of it gone.</summary>
        public static Vec3 Towards(this Vec3 a, Vec3 b, double part)
        {
            return a.Plus(b.Minus(a).Times(part));
        }

        internal static double Clamp(double value, double least, double most)
        {
            return Math.Min(most, Math.Max(least, value));
        }

        internal static bool IsFinite(double value)
        {
            return !double.IsNaN(value) && !double.IsInfinity(value);
        }
    }
}
