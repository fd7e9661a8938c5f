using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// The shelf of pictures: six on its boards, and below them, where there are more, arrows to
    /// the other pages. What hands hold is not on it.
    /// </summary>
    public sealed class Shelf : IDisposable
    {
        const int Edge = 256; // pixels
        const double PictureM = 0.56, ColumnM = 0.68, RowM = 0.84, FootY = 1.64, BeforeM = 0.06;
        const int Columns = 3;
        const double PagesY = 0.52, ArrowX = 0.62, ArrowM = 0.34, CapM = 0.075;

        readonly PictureSlices _pictures = new PictureSlices(ShelfPage.Places);
        readonly List<ShelfPicture> _hung = new List<ShelfPicture>();
        readonly List<int> _places = new List<int>(); // of them
        readonly string[] _taken = { "", "" }; // ids, by hand

        readonly ShelfPicture[] _drawn = new ShelfPicture[ShelfPage.Places];

        bool _dirty;
        int _count;
        string _pages = "";

        /// <summary>Pictures of this page that have come, in the order of their places.</summary>
        public List<ShelfPicture> Hung
        {
            get { return _hung; }
        }

        /// <summary>Which of all pictures are on show; "" where all are.</summary>
        public string Pages
        {
            get { return _pages; }
        }

        public void Set(SessionState state)
        {
            ShelfPage page = state.Shown;
            _hung.Clear();
            _places.Clear();
            _count = page.Count;
            _pages = page.Pages == 1 ? "" : (page.First + 1) + " \u2013 "
                + (page.First + page.Count) + " of " + state.Shelf.Length;
            for (int place = 0; place < page.Count; place++)
            {
                ShelfPicture picture;
                if (state.Thumbnails.TryGetValue(page.At(place).Id, out picture))
                {
                    Put(place, picture);
                    _hung.Add(picture);
                    _places.Add(place);
                }
            }
            if (_dirty)
            {
                _dirty = false;
                _pictures.Flush();
            }
        }

        /// <summary>A hand took a picture off the shelf, or "" let go of it.</summary>
        public void Take(int hand, string picture)
        {
            _taken[hand] = picture;
        }

        /// <summary>Forgets where pictures hang.</summary>
        public void Begin()
        {
            _pictures.Begin();
        }

        public void Hang(PlacedWall wall)
        {
            for (int i = 0; i < _hung.Count; i++)
            {
                int place = _places[i];
                bool lowest = place / Columns == (_count - 1) / Columns;
                if (Array.IndexOf(_taken, _hung[i].Id) < 0)
                {
                    _pictures.Hang(
                        wall.Frame, RectOf(place), BeforeM, place, lowest ? 0.2 : 0);
                }
            }
        }

        public void End()
        {
            _pictures.End();
        }

        /// <summary>The boards, and a frame around the current picture.</summary>
        public void Write(SolidWriter solids, PlacedWall wall, string current)
        {
            int rows = Math.Max(2, (_count + Columns - 1) / Columns);
            for (int row = 0; row < rows; row++)
            {
                double y = FootY - row * RowM - 0.0125;
                solids.Box(wall.Frame, 0, y, 0.07, new Vec3(2, 0.025, 0.14), Palette.Shelf);
            }
            int at = _hung.FindIndex(picture => picture.Id == current);
            if (at >= 0 && Array.IndexOf(_taken, current) < 0)
            {
                solids.Around(
                    wall.Frame, RectOf(_places[at]), BeforeM, 0.018, Palette.Accent,
                    SolidWriter.WallFog);
            }
        }

        /// <summary>Which pictures are on show, between arrows, where there are more.</summary>
        public void Write(List<TextLine> lines, PlacedWall wall)
        {
            if (_pages == "")
            {
                return;
            }
            Write(lines, wall, _pages, 0, CapM, Palette.Second);
            Write(lines, wall, "\u2190", -ArrowX, 1.5 * CapM, Palette.Accent);
            Write(lines, wall, "\u2192", ArrowX, 1.5 * CapM, Palette.Accent);
        }

        /// <summary>The picture at a point of the shelf's wall; null for none.</summary>
        public ShelfPicture At(double x, double y)
        {
            for (int i = 0; i < _hung.Count; i++)
            {
                WallRect rect = RectOf(_places[i]);
                if (x >= rect.Left && x <= rect.Right && y >= rect.Bottom && y <= rect.Top)
                {
                    return _hung[i];
                }
            }
            return null;
        }

        /// <summary>The picture that a point of the room is within so many metres of; null for
        /// none.</summary>
        public ShelfPicture Near(Vec3 point, PlacedWall wall, double metres)
        {
            Vec3 local = wall.Frame.LocalOf(point);
            return Math.Abs(local.Z - BeforeM) <= metres ? At(local.X, local.Y) : null;
        }

        /// <summary>Pages on (1) or back (-1), of who points to an arrow; 0 beside them.</summary>
        public int TurnAt(double x, double y)
        {
            bool on = _pages != "" && Math.Abs(y - PagesY) < ArrowM / 2
                && Math.Abs(Math.Abs(x) - ArrowX) < ArrowM / 2;
            return on ? Math.Sign(x) : 0;
        }

        public void Draw()
        {
            _pictures.Draw();
        }

        public void Dispose()
        {
            _pictures.Dispose();
        }

        /// <summary>What the picture at a place, 0 .. 5, covers of the shelf's wall.</summary>
        public static WallRect RectOf(int place)
        {
            double x = (place % Columns - (Columns - 1) / 2.0) * ColumnM;
            double foot = FootY - place / Columns * RowM;
            return new WallRect(x - PictureM / 2, foot, PictureM, PictureM);
        }

        // Those of other pages come while this one hangs.
        void Put(int place, ShelfPicture picture)
        {
            if (_drawn[place] != picture)
            {
                _drawn[place] = picture;
                _pictures.Put(place, Squared.Of(picture.Pixels, Edge));
                _dirty = true;
            }
        }

        static void Write(
            List<TextLine> lines, PlacedWall wall, string words, double x, double cap,
            string colour)
        {
            Frame frame = wall.Frame;
            var at = new Frame(frame.PointOf(x, PagesY, 0.02), frame.X, frame.Y, frame.Z);
            TextLine line = TextLine.Of(words, colour, 500, at, cap, TextAlign.Centre);
            line.FarthestM = 40;
            line.Seen = WhenSeen.Inside;
            lines.Add(line);
        }
    }
}
