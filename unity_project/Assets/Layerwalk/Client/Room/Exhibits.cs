using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The photograph and the shelf of pictures, on walls of their own.</summary>
    public sealed class Exhibits : IDisposable
    {
        const int ShelfEdge = 256; // pixels
        const double PhotographM = 1.72, PhotographY = 1.52;
        const double PictureM = 0.56, ColumnM = 0.68, RowM = 0.84, ShelfY = 1.64;
        const int Columns = 3;

        readonly PictureSlices _photograph = new PictureSlices(1);
        readonly PictureSlices _shelf = new PictureSlices(ShelfLoader.OnWall);
        readonly List<ShelfPicture> _hung = new List<ShelfPicture>();

        Rgb _mean;
        WallRect _field;

        /// <summary>Pictures on the shelf, in the order of their places.</summary>
        public List<ShelfPicture> Hung
        {
            get { return _hung; }
        }

        public bool HasPhotograph { get; private set; }

        public void SetPhotograph(Pixels picture)
        {
            double scale = PhotographM / Math.Max(picture.Width, picture.Height);
            double wide = scale * picture.Width, high = scale * picture.Height;
            _field = new WallRect(-wide / 2, PhotographY - high / 2, wide, high);
            _mean = MeanOf(picture).Times(0.85f);
            _photograph.Put(0, picture);
            _photograph.Flush();
            HasPhotograph = true;
        }

        public void SetShelf(SessionState state)
        {
            _hung.Clear();
            for (int i = 0; i < Math.Min(ShelfLoader.OnWall, state.Shelf.Length); i++)
            {
                ShelfPicture picture;
                if (state.Thumbnails.TryGetValue(state.Shelf[i].Id, out picture))
                {
                    _shelf.Put(_hung.Count, Squared.Of(picture.Pixels, ShelfEdge));
                    _hung.Add(picture);
                }
            }
            _shelf.Flush();
        }

        /// <summary>Hangs all where their walls stand, and lights the photograph's wall.</summary>
        public void Hang(PlacedWall[] walls, WallTable table, double sinceS)
        {
            _photograph.Begin();
            _shelf.Begin();
            for (int i = 0; i < walls.Length; i++)
            {
                PlacedWall wall = walls[i];
                if (wall.Kind == WallKind.Photograph && HasPhotograph)
                {
                    _photograph.Hang(wall.Frame, _field, 0.002, 0, 0.24);
                    table.SetField(i, wall, _field);
                    table.Light(i, _mean, sinceS);
                }
                for (int k = 0; wall.Kind == WallKind.Shelf && k < _hung.Count; k++)
                {
                    bool lowest = k / Columns == (_hung.Count - 1) / Columns;
                    _shelf.Hang(wall.Frame, RectOf(k), 0.06, k, lowest ? 0.2 : 0);
                }
            }
            _photograph.End();
            _shelf.End();
        }

        /// <summary>The shelf's boards, and a frame around the current picture.</summary>
        public void Write(SolidWriter solids, PlacedWall wall, string current)
        {
            int rows = Math.Max(2, (_hung.Count + Columns - 1) / Columns);
            for (int row = 0; row < rows; row++)
            {
                double y = ShelfY - row * RowM - 0.0125;
                solids.Box(wall.Frame, 0, y, 0.07, new Vec3(2, 0.025, 0.14), Palette.Shelf);
            }
            int at = _hung.FindIndex(picture => picture.Id == current);
            if (at >= 0)
            {
                solids.Around(
                    wall.Frame, RectOf(at), 0.06, 0.018, Palette.Accent, SolidWriter.WallFog);
            }
        }

        /// <summary>The picture at a point of the shelf's wall; null for none.</summary>
        public ShelfPicture At(double x, double y)
        {
            for (int i = 0; i < _hung.Count; i++)
            {
                WallRect rect = RectOf(i);
                if (x >= rect.Left && x <= rect.Right && y >= rect.Bottom && y <= rect.Top)
                {
                    return _hung[i];
                }
            }
            return null;
        }

        public void Draw()
        {
            _photograph.Draw();
            _shelf.Draw();
        }

        public void Dispose()
        {
            _photograph.Dispose();
            _shelf.Dispose();
        }

        static WallRect RectOf(int place)
        {
            double x = (place % Columns - (Columns - 1) / 2.0) * ColumnM;
            double foot = ShelfY - place / Columns * RowM;
            return new WallRect(x - PictureM / 2, foot, PictureM, PictureM);
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
