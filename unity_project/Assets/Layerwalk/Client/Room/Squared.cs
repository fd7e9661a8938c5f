using System;

namespace Layerwalk.Client
{
    /// <summary>The middle square of a picture, at another size.</summary>
    static class Squared
    {
        /// <summary>`edge` x `edge` pixels, each the mean of two by two around its middle.
        /// </summary>
        public static Pixels Of(Pixels picture, int edge)
        {
            int least = Math.Min(picture.Width, picture.Height);
            double left = (picture.Width - least) / 2.0, top = (picture.Height - least) / 2.0;
            double step = least / (double)edge;
            var rgb = new byte[3 * edge * edge];
            for (int row = 0; row < edge; row++)
            {
                for (int column = 0; column < edge; column++)
                {
                    double x = left + (column + 0.5) * step - 0.5;
                    double y = top + (row + 0.5) * step - 0.5;
                    Sample(picture, x, y, rgb, 3 * (row * edge + column));
                }
            }
            return new Pixels(rgb, edge, edge);
        }

        static void Sample(Pixels picture, double x, double y, byte[] into, int at)
        {
            int x0 = (int)Math.Floor(x), y0 = (int)Math.Floor(y);
            double u = x - x0, v = y - y0;
            int left = Within(x0, picture.Width), right = Within(x0 + 1, picture.Width);
            int upper = Within(y0, picture.Height) * picture.Width;
            int lower = Within(y0 + 1, picture.Height) * picture.Width;
            for (int c = 0; c < 3; c++)
            {
                double above = Mixed(
                    picture.Rgb[3 * (upper + left) + c], picture.Rgb[3 * (upper + right) + c], u);
                double below = Mixed(
                    picture.Rgb[3 * (lower + left) + c], picture.Rgb[3 * (lower + right) + c], u);
                into[at + c] = (byte)(Mixed(above, below, v) + 0.5);
            }
        }

        static int Within(int at, int size)
        {
            return Math.Max(0, Math.Min(size - 1, at));
        }

        static double Mixed(double a, double b, double share)
        {
            return a + (b - a) * share;
        }
    }
}
