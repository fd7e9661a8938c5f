using System;
using Layerwalk.Protocol;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Sky, floor, and the floors of blocks.</summary>
    static class Ground
    {
        const int Spokes = 24;
        const double Turn = 0.0837; // no corner in the plane of the eye
        const int Around = 32, Down = 12;
        const double Lowest = 0.53 * Math.PI; // of the sky, from straight up
        const double FieldM = 0.003;

        // The floor goes with the camera. Near the eye its triangles are small: the depth of one
        // that reaches to the horizon is off by more than what lies on the floor is high.
        static readonly double[] RingsM = { 3, 9, 30, 120, 1400 };

        public static void WriteFloor(MeshBuilder builder)
        {
            for (int i = 0; i < RingsM.Length * Spokes; i++)
            {
                int ring = i / Spokes;
                double angle = 2 * Math.PI * (i % Spokes) / Spokes + Turn;
                builder.Add(Conversions.Plain(new Vec3(
                    RingsM[ring] * Math.Cos(angle), 0, RingsM[ring] * Math.Sin(angle))));
                int a = i, b = ring * Spokes + (i + 1) % Spokes;
                if (ring > 0)
                {
                    builder.Triangle(a - Spokes, b - Spokes, a);
                    builder.Triangle(a, b - Spokes, b);
                }
                else if (i > 1)
                {
                    builder.Triangle(0, i, i - 1);
                }
            }
        }

        /// <summary>A dome, seen from inside.</summary>
        public static void WriteSky(MeshBuilder builder)
        {
            for (int row = 0; row <= Down; row++)
            {
                double from = Lowest * row / Down;
                for (int i = 0; i <= Around; i++)
                {
                    double turn = 2 * Math.PI * i / Around;
                    builder.Add(Conversions.Plain(new Vec3(
                        -Math.Cos(turn) * Math.Sin(from), Math.Cos(from),
                        Math.Sin(turn) * Math.Sin(from))));
                }
            }
            for (int i = 0; i < Down * (Around + 1); i++)
            {
                if (i % (Around + 1) < Around)
                {
                    int below = i + Around + 1;
                    builder.Triangle(i, i + 1, below);
                    builder.Triangle(i + 1, below + 1, below);
                }
            }
        }

        public static void WriteFields(MeshBuilder builder, Field[] fields)
        {
            foreach (Field field in fields)
            {
                var strength = new Vector4(field.Opened ? 1.7f : 1, 0, 0, 0);
                for (int corner = 0; corner < 4; corner++)
                {
                    double x = (corner % 2 - 0.5) * field.WidthM;
                    double z = corner < 2 ? field.FarM : field.NearM;
                    builder.Add(new Vec3(x, FieldM, z), strength);
                }
                builder.Quad();
            }
        }
    }
}
