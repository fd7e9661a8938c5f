using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Lines of light on the floor: ribbons, most of which is what they spill.</summary>
    static class LineWriter
    {
        const double SpillM = 0.9; // most reach of the light; less in bends, where it would fold
        const double LeastSpillM = 0.12;
        const double HeightM = 0.006;
        const double NearestM = 1e-4;

        public static void Write(MeshBuilder builder, FloorLine[] lines)
        {
            foreach (FloorLine line in lines)
            {
                Write(builder, line);
            }
        }

        static void Write(MeshBuilder builder, FloorLine line)
        {
            List<Vec2> points = Subdivided(line.PointsM);
            double[] reaches = Reaches(points);
            Rgb colour = Palette.Of(line.Colour);
            var paint = new Vector4(colour.R, colour.G, colour.B, 0);
            for (int i = 0; i < points.Count; i++)
            {
                Vec2 a = points[Math.Max(0, i - 1)], b = points[Math.Min(points.Count - 1, i + 1)];
                double length = Math.Max(NearestM, Apart(a, b));
                double x = -(b.Y - a.Y) / length, z = (b.X - a.X) / length;
                for (int side = -1; side <= 1; side += 2)
                {
                    double reach = side * reaches[i];
                    var at = new Vec3(points[i].X + x * reach, HeightM, points[i].Y + z * reach);
                    builder.Add(
                        at, Conversions.Vector(reach, line.WidthM, reaches[i], 0), paint);
                }
                int next = builder.Count;
                if (i > 0)
                {
                    builder.Triangle(next - 4, next - 3, next - 2);
                    builder.Triangle(next - 3, next - 1, next - 2);
                }
            }
        }

        // Long pieces get points near their ends, so that the spill widens soon after a bend.
        static List<Vec2> Subdivided(Vec2[] points)
        {
            var found = new List<Vec2>();
            for (int i = 0; i < points.Length; i++)
            {
                if (i > 0)
                {
                    double length = Apart(points[i - 1], points[i]);
                    if (length < NearestM)
                    {
                        continue;
                    }
                    if (length > 3)
                    {
                        found.Add(Between(points[i - 1], points[i], 1.2 / length));
                        found.Add(Between(points[i - 1], points[i], 1 - 1.2 / length));
                    }
                    else if (length > 0.6)
                    {
                        found.Add(Between(points[i - 1], points[i], 0.5));
                    }
                }
                found.Add(points[i]);
            }
            return found;
        }

        // How far the spill may reach at each point: less than the radius of the bend it is in.
        static double[] Reaches(List<Vec2> points)
        {
            var reaches = new double[points.Count];
            for (int i = 0; i < reaches.Length; i++)
            {
                bool inner = i > 0 && i + 1 < reaches.Length;
                reaches[i] = inner ? InBend(points[i - 1], points[i], points[i + 1]) : SpillM;
            }
            for (int i = 1; i < reaches.Length; i++)
            {
                reaches[i] = Math.Min(
                    reaches[i], reaches[i - 1] + 0.7 * Apart(points[i], points[i - 1]));
            }
            for (int i = reaches.Length - 2; i >= 0; i--)
            {
                reaches[i] = Math.Min(
                    reaches[i], reaches[i + 1] + 0.7 * Apart(points[i], points[i + 1]));
            }
            return reaches;
        }

        static double InBend(Vec2 a, Vec2 at, Vec2 b)
        {
            double turn = Math.Abs(
                Math.Atan2(at.Y - a.Y, at.X - a.X) - Math.Atan2(b.Y - at.Y, b.X - at.X));
            double angle = Math.Min(turn, 2 * Math.PI - turn);
            double radius = Math.Min(Apart(a, at), Apart(at, b)) / Math.Max(angle, NearestM);
            return Math.Max(LeastSpillM, Math.Min(SpillM, 0.7 * radius));
        }

        static Vec2 Between(Vec2 a, Vec2 b, double part)
        {
            return new Vec2(a.X + (b.X - a.X) * part, a.Y + (b.Y - a.Y) * part);
        }

        static double Apart(Vec2 a, Vec2 b)
        {
            double x = b.X - a.X, y = b.Y - a.Y;
            return Math.Sqrt(x * x + y * y);
        }
    }
}
