using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// What stands below a lifted tile: its name, its greatest value, and what its colours mean.
    /// </summary>
    public sealed class TileCaption
    {
        const double CapM = 0.05, SmallM = 0.03;
        const double DropM = 0.066; // from the tile's lower edge to the middle of the first line
        const double RampM = 0.13, RampHighM = 0.02, EndsM = 0.17, HeightM = 0.2;
        const double RampPieces = 32;
        const double Fog = 0.006;

        readonly List<TextLine> _lines = new List<TextLine>();

        Span[] _title = new Span[0], _low = new Span[0], _high = new Span[0],
            _mode = new Span[0];
        bool _hasLegend, _signed;

        /// <summary>The line of the name, without colours.</summary>
        public string Title
        {
            get { return Text(_title); }
        }

        /// <summary>Ends of the scale and what it is of, from the left; "" while nothing came.
        /// </summary>
        public string Legend
        {
            get
            {
                return _hasLegend
                    ? Text(_low) + "   " + Text(_mode) + "   " + Text(_high) : "";
            }
        }

        /// <summary>Says anew what it says of a tile.</summary>
        public void Read(
            NetworkPublished network, ResidentLayer layer, long tile, bool perChannel)
        {
            string name = Sentences.Cut(TileNames.Title(network, layer.Name, tile));
            HeldCodes held = layer.Held;
            _hasLegend = !held.IsEmpty && tile < held.Shape.Tiles;
            if (!_hasLegend)
            {
                _title = new[] { new Span(name, Palette.Text, 600) };
                return;
            }
            bool single = held.Shape.Height * held.Shape.Width == 1;
            double greatest = held.Value(tile, WireFormat.MaxCode);
            _title = new[]
            {
                new Span(name, Palette.Text, 600),
                new Span(
                    "   " + (single ? "" : "max ") + Readout.Number(greatest), Palette.Second,
                    400),
            };
            // Tiles of one value are coloured by the layer's range, whatever the others are.
            ReadScale(held, tile, perChannel && !single);
        }

        /// <summary>Its size at so many times the usual size; letters may be missing yet.
        /// </summary>
        public Caption SizeOf(GlyphAtlas atlas, double scale)
        {
            double wide = atlas == null ? 0.5 : atlas.Measure(_title, CapM);
            double ends = atlas == null || !_hasLegend ? 0 : atlas.Measure(_low, SmallM)
                + atlas.Measure(_mode, SmallM) + atlas.Measure(_high, SmallM) + 0.1;
            return new Caption((Math.Max(wide, ends) + 0.1) * scale, HeightM * scale);
        }

        /// <summary>Writes it below a tile.</summary>
        public void Write(Lettering letters, SolidWriter solids, RaisedTile raised, double scale)
        {
            double side = Math.Max(
                raised.Width / 2, raised.Caption.Width / 2 - 0.02 * scale) - 0.03 * scale;
            double foot = -raised.Height / 2;
            _lines.Clear();
            Add(raised, _title, -side, foot - DropM * scale, CapM * scale, TextAlign.Left);
            if (_hasLegend)
            {
                double y = foot - EndsM * scale, cap = SmallM * scale;
                Add(raised, _low, -side, y, cap, TextAlign.Left);
                Add(raised, _mode, 0, y, cap, TextAlign.Centre);
                Add(raised, _high, side, y, cap, TextAlign.Right);
                WriteRamp(solids, raised.Frame, side, foot - RampM * scale, scale);
            }
            letters.Set(_lines);
        }

        void ReadScale(HeldCodes held, long tile, bool each)
        {
            DisplayScale whole = held.Scale;
            _signed = whole.Signed;
            double low = each ? held.Value(tile, 0) : whole.Low;
            double high = each ? held.Value(tile, WireFormat.MaxCode) : whole.High;
            if (_signed)
            {
                high = Math.Max(Math.Abs(low), Math.Abs(high));
                low = -high;
            }
            else
            {
                low = 0;
            }
            // A channel's ends come with its first pages; a layer's are measured as detail comes.
            string about = each || held.Has(0) ? "" : "about ";
            _low = Small(low == 0 ? "0" : about + Readout.Number(low), Palette.Second);
            _high = Small(about + Readout.Number(high), Palette.Second);
            _mode = Small(each ? "per channel" : "per layer", Palette.Third);
        }

        void WriteRamp(SolidWriter solids, Frame frame, double side, double y, double scale)
        {
            var at = new Frame(frame.PointOf(0, y), frame.X, frame.Y, frame.Z);
            double wide = 2 * side / RampPieces;
            for (int i = 0; i < RampPieces; i++)
            {
                solids.Ramp(
                    at, -side + i * wide, -side + (i + 1) * wide, RampHighM * scale / 2,
                    Colour(i / RampPieces), Colour((i + 1) / RampPieces));
            }
        }

        Rgb Colour(double place)
        {
            int at = (_signed ? 4 * Palette.Size : 0)
                + 4 * (int)Math.Round(place * (Palette.Size - 1));
            return new Rgb(
                Palette.Scales[at] / 255f, Palette.Scales[at + 1] / 255f,
                Palette.Scales[at + 2] / 255f);
        }

        void Add(
            RaisedTile raised, Span[] spans, double x, double y, double cap, TextAlign align)
        {
            Frame frame = raised.Frame;
            _lines.Add(new TextLine
            {
                Spans = spans, CapM = cap, Align = align, Fog = Fog, Seen = WhenSeen.Always,
                Frame = new Frame(frame.PointOf(x, y), frame.X, frame.Y, frame.Z),
            });
        }

        static Span[] Small(string text, string colour)
        {
            return new[] { new Span(text, colour, 500) };
        }

        static string Text(Span[] spans)
        {
            return string.Concat(Array.ConvertAll(spans, span => span.Text));
        }
    }
}
