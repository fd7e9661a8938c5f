using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The photograph and the shelf of pictures, on walls of their own.</summary>
    public sealed class Exhibits : IDisposable
    {
        const double PhotographM = 1.72, PhotographY = 1.52;

        readonly PictureSlices _photograph = new PictureSlices(1);

        Rgb _mean;
        WallRect _field;

        public Exhibits()
        {
            Shelf = new Shelf();
        }

        public Shelf Shelf { get; private set; }

        public bool HasPhotograph { get; private set; }

        /// <summary>What a picture of this form covers in the input frame.</summary>
        public static WallRect FieldOf(int width, int height)
        {
            double scale = PhotographM / Math.Max(width, height);
            double wide = scale * width, high = scale * height;
            return new WallRect(-wide / 2, PhotographY - high / 2, wide, high);
        }

        public void SetPhotograph(Pixels picture)
        {
            _field = FieldOf(picture.Width, picture.Height);
            _mean = MeanOf(picture).Times(0.85f);
            _photograph.Put(0, picture);
            _photograph.Flush();
            HasPhotograph = true;
        }

        /// <summary>Hangs all where their walls stand, and lights the photograph's wall.</summary>
        public void Hang(PlacedWall[] walls, WallTable table, double sinceS)
        {
            _photograph.Begin();
            Shelf.Begin();
            for (int i = 0; i < walls.Length; i++)
            {
                PlacedWall wall = walls[i];
                if (wall.Kind == WallKind.Photograph && HasPhotograph)
                {
                    _photograph.Hang(wall.Frame, _field, 0.002, 0, 0.24);
                    table.SetField(i, wall, _field);
                    table.Light(i, _mean, sinceS);
                }
                if (wall.Kind == WallKind.Shelf)
                {
                    Shelf.Hang(wall);
                }
            }
            _photograph.End();
            Shelf.End();
        }

        public void Draw()
        {
            _photograph.Draw();
            Shelf.Draw();
        }

        public void Dispose()
        {
            _photograph.Dispose();
            Shelf.Dispose();
        }

        static Rgb MeanOf(Pixels picture)
        {
            long r = 0, g = 0, b = 0, count = 0;
            int step = 3 * Math.Max(1, picture.Rgb.Length / 3 / 4096);
            for (int i = 0; i + 2 < picture.Rgb.Length; i += step, count++)
            {
                r += picture.Rgb[i];
                g += picture.Rgb[i + 1];
                b += picture.Rgb[i + 2];
            }
            float share = 1f / (255 * Math.Max(1, count));
            return new Rgb(r * share, g * share, b * share);
        }
    }
}
