using System;

namespace Layerwalk.Client
{
    /// <summary>What is behind the board's letters: a light that falls from above the left.
    /// </summary>
    static class BoardGround
    {
        /// <summary>A picture of this size.</summary>
        public static Pixels Make(int width, int height)
        {
            Rgb near = Palette.Of("#2b2536"), far = Palette.Of("#141926");
            var rgb = new byte[3 * width * height];
            for (int i = 0; i < width * height; i++)
            {
                double x = (i % width + 0.5) / width * 1536 - 520;
                double y = (i / width + 0.5) / height * 900 - 170;
                double away = (Math.Sqrt(x * x + y * y) - 40) / (1150 - 40);
                Rgb colour = near.Mixed(far, (float)Math.Max(0, Math.Min(1, away)));
                rgb[3 * i] = (byte)(255 * colour.R + 0.5);
                rgb[3 * i + 1] = (byte)(255 * colour.G + 0.5);
                rgb[3 * i + 2] = (byte)(255 * colour.B + 0.5);
            }
            return new Pixels(rgb, width, height);
        }
    }
}
