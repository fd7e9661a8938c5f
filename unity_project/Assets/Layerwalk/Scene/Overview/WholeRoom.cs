using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Far enough away to see all of a room that is no corridor: the tower from the
    /// front. The arithmetic of the web viewer's layouts.ts.</summary>
    public static class WholeRoom
    {
        const double AroundM = 1.2; // to the edges of the free part of the screen

        /// <summary>How steeply a room is looked at, upwards.</summary>
        const double SpiralTilt = -0.95;

        public static VisitorPose Above(Room room, ScreenArea screen)
        {
            double pitch = room.Layout == RoomLayout.Spiral ? SpiralTilt : 0;
            double half = Math.Tan(VisitorPose.OverviewFov * Math.PI / 360);
            double pixel = 2 / screen.Height * half; // tangent of one
            double sin = Math.Sin(pitch), cos = Math.Cos(pitch);
            var across = new Fit(
                (screen.Left - screen.Width / 2) * pixel,
                (screen.Right - screen.Width / 2) * pixel);
            var upward = new Fit(
                (screen.Height / 2 - screen.Bottom) * pixel,
                (screen.Height / 2 - screen.Top) * pixel);
            foreach (Vec3 point in OuterPoints(room))
            {
                double away = point.Y * sin - point.Z * cos;
                across.Take(point.X, away);
                upward.Take(point.Y * cos + point.Z * sin, away);
            }
            double far = Math.Min(across.Nearest, upward.Nearest);
            double right = across.At(far), up = upward.At(far);
            var eye = new Vec3(right, up * cos + far * sin, up * sin - far * cos);
            return new VisitorPose(eye, 0, pitch, VisitorPose.OverviewFov);
        }

        static List<Vec3> OuterPoints(Room room)
        {
            var points = new List<Vec3>();
            foreach (Station station in room.Stations)
            {
                foreach (Protocol.Wall wall in station.Walls)
                {
                    Add(points, Frame.Of(wall), wall.WidthM, wall.HeightM);
                }
            }
            foreach (Picture3D one in new[] { room.Photograph, room.Shelf, room.Board })
            {
                Add(points, Frame.Of(one), one.WidthM, one.HeightM);
            }
            return points;
        }

        static void Add(List<Vec3> points, Frame frame, double wide, double high)
        {
            double half = wide / 2 + AroundM;
            foreach (double x in new[] { -half, half })
            {
                points.Add(frame.PointOf(x, 0));
                points.Add(frame.PointOf(x, high + AroundM));
            }
        }

        // Where to look from so that points (position, distance) lie between two tangents: from
        // how near, and in what position at a distance.
        sealed class Fit
        {
            readonly double _low, _high;

            double _above = double.NegativeInfinity, _below = double.PositiveInfinity;

            public Fit(double low, double high)
            {
                _low = low;
                _high = high;
            }

            public double Nearest
            {
                get { return (_below - _above) / (_high - _low); }
            }

            public void Take(double at, double far)
            {
                _above = Math.Max(_above, at - _high * far);
                _below = Math.Min(_below, at - _low * far);
            }

            public double At(double far)
            {
                return (_above + _high * far + _below + _low * far) / 2;
            }
        }
    }
}
