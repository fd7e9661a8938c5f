using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>A layer as it is seen.</summary>
    public struct Seen
    {
        /// <summary>Who looks along a wall sees its pixels narrow: not narrower counts.</summary>
        const double LeastCosine = 0.2;

        const double NearestM = 0.05;

        public string Layer;
        public TileShape Shape;

        /// <summary>Some of it may be on the screen.</summary>
        public bool InView;

        /// <summary>Pixels that its largest field covers, or would, if it were in view.</summary>
        public double Area;

        /// <summary>
        /// Level of detail at which a pixel of the screen covers one of its pixels, where it is
        /// nearest.
        /// </summary>
        public double Level;

        internal int Order;

        /// <summary>A layer before all others, of which all detail is wanted.</summary>
        public static Seen Chosen(string layer, TileShape shape)
        {
            return new Seen
            {
                Layer = layer, Shape = shape, InView = true, Area = double.PositiveInfinity,
            };
        }

        /// <summary>A layer on a wall.</summary>
        public static Seen From(TileField field, Outlook outlook)
        {
            Vec3 away = field.Centre.Minus(outlook.Position);
            Vec3 nearest = away.Plus(Nearer(away, field.X)).Plus(Nearer(away, field.Y));
            double distance = Math.Max(NearestM, nearest.Length());
            double straight = Math.Abs(nearest.Dot(field.Normal)) / distance;
            double cosine = Math.Max(LeastCosine, straight);
            double pixel = outlook.PixelRad * distance;
            double footprint = Math.Max(
                pixel / cosine / field.PixelM.X, pixel / field.PixelM.Y);
            double size = 4 * field.X.Length() * field.Y.Length() * cosine;
            return new Seen
            {
                Layer = field.Layer,
                Shape = field.Shape,
                InView = IsInView(field, away, outlook),
                Area = size / (pixel * pixel),
                Level = LevelOfDetail(footprint),
            };
        }

        /// <summary>
        /// level_of_detail of cells.hlsl: a screen pixel covers so many of a tile's.
        /// </summary>
        public static double LevelOfDetail(double footprint)
        {
            return Math.Log(Math.Max(0.72 * footprint, 1), 2);
        }

        internal void Merge(Seen other)
        {
            Level = Math.Min(Level, other.Level);
            Area = Math.Max(Area, other.Area);
            InView = InView || other.InView;
        }

        static bool IsInView(TileField field, Vec3 away, Outlook outlook)
        {
            double radius = Math.Sqrt(field.X.Dot(field.X) + field.Y.Dot(field.Y));
            double depth = away.Dot(outlook.Forward);
            return depth > -radius && away.Dot(field.Normal) < 0
                && Outside(away.Dot(outlook.Right), depth, outlook.Across) < radius
                && Outside(away.Dot(outlook.Up), depth, outlook.Down) < radius;
        }

        static double Outside(double side, double depth, double tangent)
        {
            return (Math.Abs(side) - depth * tangent) / Math.Sqrt(1 + tangent * tangent);
        }

        // From a field's middle along `half` to what is nearest.
        static Vec3 Nearer(Vec3 away, Vec3 half)
        {
            double square = half.Dot(half);
            return square > 0
                ? half.Times(Vectors.Clamp(-away.Dot(half) / square, -1, 1)) : half;
        }

        internal sealed class BySight : IComparer<Seen>
        {
            public int Compare(Seen a, Seen b)
            {
                if (a.InView != b.InView)
                {
                    return a.InView ? -1 : 1;
                }
                int byArea = b.Area.CompareTo(a.Area);
                return byArea != 0 ? byArea : a.Order.CompareTo(b.Order);
            }
        }
    }
}
