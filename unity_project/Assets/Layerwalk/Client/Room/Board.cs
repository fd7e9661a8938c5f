using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The board at the end: what the network sees, with names and confidences.</summary>
    public sealed class Board : IDisposable
    {
        // Lengths are in pixels of the web viewer's board, which is as wide as this.
        const double Wide = 1536, High = 900, Left = 92, Right = 1446, BarLeft = 560,
            BarWide = 700;

        const double Likely = 0.01; // below this a class is drawn as unlikely
        const string Middling = "#d5d8e0", Title = "#aab2c2";
        const double Before = 0.004;

        readonly PictureSlices _ground = new PictureSlices(1);
        readonly DrawnMesh _bars = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();
        readonly Lettering _letters = new Lettering();
        readonly List<TextLine> _lines = new List<TextLine>();

        Frame _frame;
        double _wide, _high;

        public Board()
        {
            _ground.Put(0, BoardGround.Make(192, 112));
            _ground.Flush();
        }

        /// <summary>Hangs the board where the room has it.</summary>
        public void Hang(Picture3D board)
        {
            _frame = Frame.Of(board);
            _wide = board.WidthM;
            _high = board.HeightM;
            _ground.Begin();
            _ground.Hang(_frame, new WallRect(-_wide / 2, 0, _wide, _high), 0, 0, 0.34);
            _ground.End();
        }

        public GlyphAtlas Atlas
        {
            set { _letters.Atlas = value; }
        }

        /// <summary>Says what the network sees, once there are letters.</summary>
        public void Write(SessionState state)
        {
            if (_letters.Atlas == null)
            {
                return;
            }
            _lines.Clear();
            WriteAll(state);
            _letters.Set(_lines);
            _bars.Set(_solids.Builder);
        }

        // Scores, or a sentence that says why there are none.
        void WriteAll(SessionState state)
        {
            bool none = state.Scores.Length == 0;
            bool unsaid = none && state.Unsaid != SessionState.NothingYet;
            Text(unsaid ? "No prediction" : "The network sees", Left, 108, 34, 500, Title);
            if (none)
            {
                WriteSentence(state.Unsaid);
                return;
            }
            WriteFirst(state.Scores[0]);
            for (int i = 0; i < Math.Min(10, state.Scores.Length); i++)
            {
                WriteRow(state.Scores[i], i);
            }
        }

        public void Draw()
        {
            _ground.Draw();
            _bars.Draw();
            _letters.Draw();
        }

        public void Dispose()
        {
            _ground.Dispose();
            _bars.Dispose();
            _letters.Dispose();
        }

        void WriteFirst(Score score)
        {
            string name = Sentences.Cut(score.Name);
            Text(Shortened(name, 960, 116, 500), Left - 6, 232, Fitting(name, 960, 116),
                500, Palette.Text);
            Text(Sentences.Percent(score.Confidence), Right, 232, 116, 500, Palette.Accent,
                TextAlign.Right);
        }

        void WriteRow(Score score, int row)
        {
            double y = 338 + row * 56;
            bool likely = score.Confidence > Likely;
            string colour = row == 0 ? Palette.Text : likely ? Middling : Palette.Second;
            double most = BarLeft - Left - 30;
            string name = Sentences.Cut(score.Name);
            Text(Shortened(name, most, 34, row == 0 ? 600 : 400), Left, y,
                Fitting(name, most, 34), row == 0 ? 600 : 400, colour);
            Bar(BarWide, y, Palette.Bar);
            double wide = Math.Max(3, BarWide * score.Confidence);
            Ramp(wide, y);
            Text(Sentences.Percent(score.Confidence), Right, y, 32, 500, colour, TextAlign.Right);
        }

        // As large as the whole sentence has room.
        void WriteSentence(string words)
        {
            foreach (double size in new[] { 64.0, 52.0, 40.0 })
            {
                int room = (int)((High - 272) / (1.4 * size)) + 1;
                List<string> lines = Sentences.Broken(
                    words, Right - Left, size > 40 ? room + 1 : room,
                    line => _letters.Atlas.Measure(line, 500) * size);
                if (lines.Count > room)
                {
                    continue;
                }
                for (int i = 0; i < lines.Count; i++)
                {
                    Text(lines[i], Left, 232 + i * 1.4 * size, size, 500, Palette.Second);
                }
                return;
            }
        }

        void Text(
            string text, double x, double foot, double size, int weight, string colour,
            TextAlign align = TextAlign.Left)
        {
            double capPx = _letters.Atlas.CapEm * size; // a letter's size is an em
            Frame at = At(x, foot - capPx / 2, Before);
            double cap = capPx / High * _high;
            TextLine line = TextLine.Of(text, colour, weight, at, cap, align);
            line.Fog = 0.0095;
            _lines.Add(line);
        }

        void Bar(double wide, double y, string colour)
        {
            var size = new Vec3(wide / Wide * _wide, 14 / High * _high, 0.001);
            Frame at = At(BarLeft + wide / 2, y - 12, 0);
            _solids.Box(at, 0, 0, 0.002, size, colour, 0.0095);
        }

        // Violet to light, as if along the whole bar.
        void Ramp(double wide, double y)
        {
            Frame at = At(BarLeft, y - 12, 0.004);
            double unit = _wide / Wide, half = 7 / High * _high;
            Rgb first = Palette.Of("#7250a0"), middle = Palette.Of("#e27a7f"),
                last = Palette.Of("#fddb8e");
            double bend = 0.45 * BarWide;
            _solids.Ramp(at, 0, Math.Min(wide, bend) * unit, half, first,
                first.Mixed(middle, (float)Math.Min(1, wide / bend)));
            if (wide > bend)
            {
                float share = (float)((wide - bend) / (BarWide - bend));
                _solids.Ramp(
                    at, bend * unit, wide * unit, half, middle, middle.Mixed(last, share));
            }
        }

        Frame At(double x, double y, double z)
        {
            Vec3 origin = _frame.PointOf(
                x / Wide * _wide - _wide / 2, _high - y / High * _high, z);
            return new Frame(origin, _frame.X, _frame.Y, _frame.Z);
        }

        // The size at which a text is so wide at most, but not much smaller than wanted.
        double Fitting(string text, double most, double size)
        {
            double wide = _letters.Atlas.Measure(text, 500) * size;
            return wide > most ? Math.Max(0.55 * size, size * most / wide) : size;
        }

        // Cut with an ellipsis where it is still too wide.
        string Shortened(string text, double most, double size, int weight)
        {
            double fitting = Fitting(text, most, size);
            string shown = text;
            for (int end = text.Length - 1;
                end > 0 && _letters.Atlas.Measure(shown, weight) * fitting > most + 1; end--)
            {
                shown = text.Substring(0, end).TrimEnd() + "\u2026";
            }
            return shown;
        }
    }
}
