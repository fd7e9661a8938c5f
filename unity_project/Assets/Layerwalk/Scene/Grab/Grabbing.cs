using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>What grabs have in common, and what they tell the shared document.</summary>
    public static class Grabbing
    {
        /// <summary>Hands make a station neither smaller nor larger.</summary>
        public const double LeastScale = 0.2, MostScale = 5;

        /// <summary>The document's path of a station's transform.</summary>
        public static string[] Path(string network, string station)
        {
            return new[] { "stations", network, station };
        }

        // One that was out of bounds before stays as it is, until it is back inside.
        internal static double Bounded(double scale, double before)
        {
            return Vectors.Clamp(
                scale, Math.Min(before, LeastScale), Math.Max(before, MostScale));
        }

        // What is grabbed cannot be lost below the floor.
        internal static Vec3 AboveFloor(Vec3 position)
        {
            return new Vec3(position.X, Math.Max(0, position.Y), position.Z);
        }
    }
}
