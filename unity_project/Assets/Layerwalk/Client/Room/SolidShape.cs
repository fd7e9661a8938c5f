using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>
    /// Corners about 0 and triangles, counter-clockwise from outside, in the room's axes.
    /// </summary>
    public sealed class SolidShape
    {
        public readonly Vec3[] Corners;
        public readonly int[] Indices;

        // Corners of boxes are numbered by x + 2 y + 4 z.
        static readonly int[] Sides =
        {
            0, 2, 3, 0, 3, 1, 0, 4, 6, 0, 6, 2, 1, 3, 7, 1, 7, 5, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7,
            3,
        };

        static readonly int[] Front = { 4, 5, 7, 4, 7, 6 };

        /// <summary>A cube of edge 1.</summary>
        public static readonly SolidShape Box = BoxOf(true);

        /// <summary>A cube of edge 1 without its front (+z).</summary>
        public static readonly SolidShape OpenBox = BoxOf(false);

        /// <summary>A disc of diameter 1 in the x-y plane.</summary>
        public static readonly SolidShape Disc = DiscOf(32);

        /// <summary>A ring of radius 1 in the x-y plane, as thick as 44 mm of 0.4 m.</summary>
        public static readonly SolidShape Ring = RingOf(28, 6, 0.11);

        SolidShape(Vec3[] corners, int[] indices)
        {
            Corners = corners;
            Indices = indices;
        }

        static SolidShape BoxOf(bool front)
        {
            var corners = new Vec3[8];
            for (int i = 0; i < 8; i++)
            {
                corners[i] = new Vec3((i & 1) - 0.5, (i >> 1 & 1) - 0.5, (i >> 2) - 0.5);
            }
            int[] indices = Sides;
            if (front)
            {
                indices = new int[Front.Length + Sides.Length];
                Front.CopyTo(indices, 0);
                Sides.CopyTo(indices, Front.Length);
            }
            return new SolidShape(corners, indices);
        }

        static SolidShape DiscOf(int sides)
        {
            var corners = new Vec3[sides];
            var indices = new int[3 * (sides - 2)];
            for (int i = 0; i < sides; i++)
            {
                double angle = 2 * Math.PI * i / sides;
                corners[i] = new Vec3(0.5 * Math.Cos(angle), 0.5 * Math.Sin(angle), 0);
            }
            for (int i = 0; i + 2 < sides; i++)
            {
                indices[3 * i + 1] = i + 1;
                indices[3 * i + 2] = i + 2;
            }
            return new SolidShape(corners, indices);
        }

        static SolidShape RingOf(int around, int sides, double thick)
        {
            var corners = new Vec3[around * sides];
            var indices = new int[6 * corners.Length];
            for (int i = 0; i < corners.Length; i++)
            {
                double turn = 2 * Math.PI * (i / sides) / around;
                double side = 2 * Math.PI * (i % sides) / sides;
                double radius = 1 + thick * Math.Cos(side);
                corners[i] = new Vec3(
                    radius * Math.Cos(turn), radius * Math.Sin(turn), thick * Math.Sin(side));
                int ring = i / sides * sides, next = (ring + sides) % corners.Length;
                int k = i % sides, l = (k + 1) % sides;
                int[] quad =
                {
                    ring + k, next + k, ring + l, ring + l, next + k, next + l,
                };
                quad.CopyTo(indices, 6 * i);
            }
            return new SolidShape(corners, indices);
        }
    }
}
