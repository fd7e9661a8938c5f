using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Paths overhead, as five-sided tubes.</summary>
    static class TubeWriter
    {
        const int Sides = 5;
        const double NearestM = 1e-4; // points nearer than this are one

        public static void Write(MeshBuilder builder, Tube[] tubes, Placement placement)
        {
            var points = new List<Vec3>();
            foreach (Tube tube in tubes)
            {
                points.Clear();
                foreach (Vec3 point in placement.Bent(tube.PointsM, tube.Source, tube.Target))
                {
                    if (points.Count == 0
                        || point.DistanceTo(points[points.Count - 1]) > NearestM)
                    {
                        points.Add(point);
                    }
                }
                if (points.Count > 1)
                {
                    Write(builder, points, tube);
                }
            }
        }

        static void Write(MeshBuilder builder, List<Vec3> points, Tube tube)
        {
            int first = builder.Count;
            Vector4 paint = Conversions.Paint(Palette.Of(tube.Colour), Fog(tube.Kind));
            var side = new Vec3();
            for (int i = 0; i < points.Count; i++)
            {
                Vec3 before = points[Math.Max(i - 1, 0)];
                Vec3 after = points[Math.Min(i + 1, points.Count - 1)];
                Vec3 along = after.Minus(before).Direction();
                side = Carried(side, along);
                AddRing(builder, points[i], side, along.Cross(side), tube.RadiusM, paint);
            }
            for (int i = 0; i < (points.Count - 1) * Sides; i++)
            {
                int a = first + i, b = first + i / Sides * Sides + (i + 1) % Sides;
                builder.Triangle(a, b, a + Sides);
                builder.Triangle(b, b + Sides, a + Sides);
            }
        }

        static void AddRing(
            MeshBuilder builder, Vec3 middle, Vec3 side, Vec3 other, double radius, Vector4 paint)
        {
            for (int k = 0; k < Sides; k++)
            {
                double angle = 2 * Math.PI * k / Sides;
                Vec3 away = side.Times(Math.Cos(angle)).Plus(other.Times(Math.Sin(angle)));
                builder.Add(middle.Plus(away.Times(radius)), paint);
            }
        }

        // `side` carried along without twist: made square to the new direction.
        static Vec3 Carried(Vec3 side, Vec3 along)
        {
            Vec3 next = side.Minus(along.Times(side.Dot(along)));
            if (next.Dot(next) > 1e-6)
            {
                return next.Direction();
            }
            Vec3 up = Math.Abs(along.Y) < 0.9 ? Vectors.Up : new Vec3(1, 0, 0);
            return along.Cross(up).Direction();
        }

        // What bows far overhead must not clutter the distance.
        static double Fog(TubeKind kind)
        {
            return kind == TubeKind.Add ? 0.032 : kind == TubeKind.Concat ? 0.022 : 0.014;
        }
    }
}
