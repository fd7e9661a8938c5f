using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A picture of all directions: longitude along the rows, ahead (-z) in the middle and the
    /// right of it at three quarters; latitude along the columns, straight up at the top.
    /// </summary>
    public static class Equirectangular
    {
        /// <summary>
        /// Where a point of a picture of this size looks to; x from the left and y from the top
        /// in pixels, whose middles are at halves. Of length 1, in the room.
        /// </summary>
        public static Vec3 Direction(double x, double y, double width, double height)
        {
            double longitude = (x / width - 0.5) * 2 * Math.PI;
            double latitude = (0.5 - y / height) * Math.PI;
            double level = Math.Cos(latitude);
            return new Vec3(
                level * Math.Sin(longitude), Math.Sin(latitude), -level * Math.Cos(longitude));
        }

        /// <summary>Where in a picture of this size a direction of any length is.</summary>
        public static Vec2 Point(Vec3 direction, double width, double height)
        {
            double longitude = Math.Atan2(direction.X, -direction.Z);
            double level = Math.Sqrt(
                direction.X * direction.X + direction.Z * direction.Z);
            double latitude = Math.Atan2(direction.Y, level);
            return new Vec2(
                (longitude / (2 * Math.PI) + 0.5) * width, (0.5 - latitude / Math.PI) * height);
        }

        /// <summary>Where on the cube the middle of a pixel (from the top left) is.</summary>
        public static CubePoint OnCube(int column, int row, int width, int height)
        {
            return CubePoint.Of(Direction(column + 0.5, row + 0.5, width, height));
        }

        /// <summary>Edge of faces with as many pixels along the horizon as the picture.</summary>
        public static int FaceEdge(int width)
        {
            return (width + 3) / 4;
        }
    }
}
