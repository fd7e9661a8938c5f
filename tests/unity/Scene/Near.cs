using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Comparisons of what is computed, and a source of random poses.</summary>
    sealed class Near
    {
        readonly Random _random;

        public Near(int seed)
        {
            _random = new Random(seed);
        }

        public double Between(double least, double most)
        {
            return least + (most - least) * _random.NextDouble();
        }

        public Vec3 Point()
        {
            return new Vec3(Between(-5, 5), Between(-5, 5), Between(-5, 5));
        }

        public Vec4 Rotation()
        {
            var any = new Vec4(
                Between(-1, 1), Between(-1, 1), Between(-1, 1), Between(-1, 1));
            return any.Unit();
        }

        public static void Same(Vec3 found, Vec3 expected, double within = 1e-9)
        {
            string message = Words(found) + " is not " + Words(expected);
            Assert.That(found.DistanceTo(expected), Is.LessThan(within), message);
        }

        /// <summary>The angle is the same but for whole turns.</summary>
        public static void SameTurn(double found, double expected, double within = 1e-9)
        {
            double off = Math.IEEERemainder(found - expected, 2 * Math.PI);
            Assert.That(Math.Abs(off), Is.LessThan(within), found + " is not " + expected);
        }

        static string Words(Vec3 v)
        {
            return "(" + v.X + ", " + v.Y + ", " + v.Z + ")";
        }
    }
}
