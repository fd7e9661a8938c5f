using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Everything that is written in the room, but for the board.</summary>
    static class RoomTexts
    {
        const double FarthestM = 40;
        const double OverviewFog = 0.012;
        const double OverviewGate = 1.9;
        const int WarningLetters = 44, WarningLines = 4;

        public static void Write(
            List<TextLine> lines, Room room, Placement placement, GlyphAtlas atlas)
        {
            foreach (Text text in room.Texts)
            {
                if (text.Kind != TextKind.Gate)
                {
                    lines.Add(Of(text, placement));
                }
            }
            foreach (Gate gate in room.Gates)
            {
                WriteGate(lines, gate, atlas);
            }
            foreach (Disc disc in room.Discs)
            {
                if (disc.Text != "")
                {
                    lines.Add(Of(disc));
                }
            }
        }

        /// <summary>One sentence below the photograph.</summary>
        public static void WriteWarning(List<TextLine> lines, string words, Frame photograph)
        {
            List<string> broken = Sentences.Broken(words, WarningLetters, WarningLines);
            for (int i = 0; i < broken.Count; i++)
            {
                Vec3 origin = photograph.PointOf(-0.86, 0.46 - 0.105 * i, 0.02);
                var frame = new Frame(origin, photograph.X, photograph.Y, photograph.Z);
                TextLine line = TextLine.Of(broken[i], Palette.Error, 500, frame, 0.048);
                line.FarthestM = FarthestM;
                line.Seen = WhenSeen.Inside;
                lines.Add(line);
            }
        }

        static TextLine Of(Text text, Placement placement)
        {
            bool inside = text.Kind == TextKind.Wall && text.Station != "";
            return new TextLine
            {
                Spans = text.Spans,
                Frame = placement.Moved(Frame.Of(text), text.Station),
                CapM = text.CapM,
                Align = text.Align,
                Fog = 0.02,
                FarthestM = FarthestM,
                Seen = inside ? WhenSeen.Inside : WhenSeen.Always,
            };
        }

        static TextLine Of(Disc disc)
        {
            var at = new Vec3(disc.PositionM.X, 0.016, disc.PositionM.Z);
            Frame frame = Frame.Flat(at, disc.YawRad);
            TextLine line = TextLine.Of(
                disc.Text, Palette.Ink, 600, frame, 0.85 * disc.RadiusM, TextAlign.Centre);
            line.FarthestM = FarthestM;
            return line;
        }

        // Title and smaller subtitle above the beam, centred together; larger from above.
        static void WriteGate(List<TextLine> lines, Gate gate, GlyphAtlas atlas)
        {
            var title = new[] { new Span(Sentences.Cut(gate.Title), Palette.Text, 500) };
            var subtitle = new[]
            {
                new Span(Sentences.Cut(gate.Subtitle), Palette.Second, 400),
            };
            double wide = atlas.Measure(title, 0.2);
            double small = gate.Subtitle == "" ? 0 : atlas.Measure(subtitle, 0.125) + 0.22;
            double left = -(wide + small) / 2, y = gate.HeightM + 0.21;
            Frame foot = Frame.Of(gate);
            lines.Add(Of(title, foot, left, y, 0.2));
            if (gate.Subtitle != "")
            {
                lines.Add(Of(subtitle, foot, left + wide + 0.22, y - 0.03, 0.125));
            }
            if (gate.YawRad != 0)
            {
                return; // it cannot be read from every side: from above it has a label
            }
            TextLine above = Of(title, foot, 0, y + 0.18, 0.2 * OverviewGate);
            above.Align = TextAlign.Centre;
            above.Fog = OverviewFog;
            above.Seen = WhenSeen.Overview;
            lines.Add(above);
        }

        static TextLine Of(Span[] spans, Frame gate, double x, double y, double capM)
        {
            var frame = new Frame(gate.PointOf(x, y), gate.X, gate.Y, gate.Z);
            return new TextLine
            {
                Spans = spans, Frame = frame, CapM = capM, Fog = 0.02,
                Align = TextAlign.Left, Seen = WhenSeen.Inside,
            };
        }
    }
}
