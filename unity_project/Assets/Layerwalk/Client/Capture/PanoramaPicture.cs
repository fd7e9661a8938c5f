using System;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Makes a picture of all directions of six pictures of a cube's faces.</summary>
    static class PanoramaPicture
    {
        /// <summary>
        /// RGBA, rows from the bottom, `width` x `width / 2`; faces likewise, by CubeFace, with
        /// `edge` x `edge` pixels each.
        /// </summary>
        public static byte[] Make(byte[][] faces, int edge, int width)
        {
            int height = width / 2;
            var rgba = new byte[4 * width * height];
            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    CubePoint at = Equirectangular.OnCube(column, row, width, height);
                    int into = 4 * ((height - 1 - row) * width + column);
                    Sample(faces[(int)at.Face], edge, at.U, at.V, rgba, into);
                }
            }
            return rgba;
        }

        // The mean of the four pixels around a place, weighted by how near they are.
        static void Sample(byte[] face, int edge, double u, double v, byte[] rgba, int into)
        {
            double x = Within(u * edge - 0.5, edge), y = Within((1 - v) * edge - 0.5, edge);
            int left = Math.Min((int)x, edge - 2), low = Math.Min((int)y, edge - 2);
            double right = x - left, up = y - low;
            int at = 4 * (low * edge + left);
            for (int c = 0; c < 3; c++)
            {
                double below = face[at + c] * (1 - right) + face[at + 4 + c] * right;
                double above = face[at + 4 * edge + c] * (1 - right)
                    + face[at + 4 * edge + 4 + c] * right;
                rgba[into + c] = (byte)(below * (1 - up) + above * up + 0.5);
            }
            rgba[into + 3] = 255;
        }

        static double Within(double at, int edge)
        {
            return Math.Max(0, Math.Min(edge - 1, at));
        }
    }
}
