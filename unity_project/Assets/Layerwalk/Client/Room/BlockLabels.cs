using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// From above: names of blocks right of the aisle, or over walls where the aisle bends, at one
    /// size on the screen; + closed, – open.
    /// </summary>
    public sealed class BlockLabels : IDisposable
    {
        const double Cap = 0.0088; // height of capitals as a share of the distance
        const double Row = 2.3 * Cap;
        const double Aside = 4 * Cap, Gap = 0.8 * Cap; // to a label that made way, and its line
        const double Highest = 0.88, Lowest = -0.68; // share of the height
        const double Fog = 0.006;
        const double NearestM = 0.1;
        const double OverWallsM = 3.7;
        const double LinePx = 1.2;

        readonly Lettering _letters = new Lettering(true);
        readonly List<Label> _labels = new List<Label>();
        readonly List<Seen> _seen = new List<Seen>();
        readonly List<LabelWanted> _wanted = new List<LabelWanted>();
        readonly List<TextLine> _lines = new List<TextLine>();
        readonly LabelRows _rows = new LabelRows();

        Outlook _from;
        bool _dirty = true;

        public GlyphAtlas Atlas
        {
            set
            {
                _letters.Atlas = value;
                _dirty = true;
            }
        }

        /// <summary>Labels that are on show, and lines that lead to them.</summary>
        public int Shown { get; private set; }

        public int Led { get; private set; }

        /// <summary>Another room.</summary>
        public void Build(Room room)
        {
            _dirty = true;
            _labels.Clear();
            foreach (Field field in Overview.NamedFrom(room))
            {
                _labels.Add(Opened(field, room.Gates));
            }
            foreach (Station station in room.Stations)
            {
                // The tower's blocks are named where they stand, and its walls are seen from the
                // front.
                if (station.Closed != "" && room.Layout != RoomLayout.Tower)
                {
                    _labels.Add(Closed(station, room.Way.Length > 0));
                }
            }
            foreach (Gate gate in room.Gates)
            {
                if (gate.YawRad != 0) // it cannot be read from every side
                {
                    _labels.Add(Named(gate));
                }
            }
        }

        /// <summary>Writes the labels as they are seen; none where nobody looks from above.
        /// </summary>
        public void Update(Outlook outlook, bool overview)
        {
            _letters.Visible = overview && _letters.Atlas != null;
            if (!_letters.Visible || (!_dirty && Outlooks.Same(outlook, _from)))
            {
                return;
            }
            _dirty = false;
            _from = outlook;
            var space = new LabelSpace
            {
                Right = outlook.Across - Cap, Top = Highest * outlook.Down,
                Bottom = Lowest * outlook.Down, Row = Row, Aside = Aside,
            };
            See(outlook, space.Right);
            Write(_rows.Of(_wanted, space), outlook);
        }

        public void Draw()
        {
            _letters.Draw();
        }

        public void Dispose()
        {
            _letters.Dispose();
        }

        void See(Outlook outlook, double right)
        {
            _seen.Clear();
            _wanted.Clear();
            foreach (Label label in _labels)
            {
                Vec3 away = label.At.Minus(outlook.Position);
                double far = away.Dot(outlook.Forward);
                if (far < NearestM)
                {
                    continue;
                }
                double x = away.Dot(outlook.Right) / far, y = away.Dot(outlook.Up) / far;
                double larger = away.Length() / far;
                // Without what follows the name, where that would not end before the edge.
                double wide = larger * _letters.Atlas.Measure(label.Spans, Cap);
                bool fits = x + Aside + wide <= right;
                Span[] spans = fits ? label.Spans : label.Name;
                _wanted.Add(new LabelWanted
                {
                    X = x, Y = y, Rank = label.Rank, Label = _seen.Count,
                    Wide = fits ? wide : larger * _letters.Atlas.Measure(spans, Cap),
                });
                _seen.Add(new Seen { Spans = spans, X = x, Y = y, Far = far });
            }
        }

        void Write(List<LabelRow> rows, Outlook outlook)
        {
            _lines.Clear();
            Shown = rows.Count;
            Led = 0;
            foreach (LabelRow row in rows)
            {
                Seen seen = _seen[row.Label];
                Vec3 at = InRoom(outlook, row.X, row.Y, seen.Far);
                _lines.Add(new TextLine
                {
                    Spans = seen.Spans, Frame = Frame.Upright(at, 0), CapM = Cap,
                    Align = TextAlign.Left, Fog = Fog, Seen = WhenSeen.Label,
                });
            }
            _letters.Begin(_lines);
            foreach (LabelRow row in rows)
            {
                if (row.Led)
                {
                    Led++;
                    Lead(row, outlook);
                }
            }
            _letters.End();
        }

        // From what is named to a label that made way.
        void Lead(LabelRow row, Outlook outlook)
        {
            Seen seen = _seen[row.Label];
            Vec3 from = InRoom(outlook, seen.X, seen.Y, seen.Far);
            double metre = seen.Far / from.Minus(outlook.Position).Length(); // at 1 m
            _letters.Stroke(
                from, metre * (row.X - Gap - seen.X), metre * (row.Y - seen.Y),
                LinePx * outlook.PixelRad, Palette.Third, Fog);
        }

        static Vec3 InRoom(Outlook outlook, double x, double y, double far)
        {
            return outlook.Position.Plus(outlook.Forward.Times(far))
                .Plus(outlook.Right.Times(x * far)).Plus(outlook.Up.Times(y * far));
        }

        // With the size of its maps, as the gate before it has it, where it is named so from afar.
        static Label Opened(Field field, Gate[] gates)
        {
            var at = new Vec3(2.6, 0.25, (field.NearM + field.FarM) / 2);
            if (field.Opened)
            {
                return new Label(at, "\u2013", field.Name, "", Palette.Accent, 0);
            }
            Gate gate = Array.FindLast(gates, one => one.ZM >= at.Z);
            return new Label(
                at, "\u2013", field.Name, gate == null ? "" : gate.Title, Palette.Text, 1);
        }

        static Label Named(Gate gate)
        {
            var at = new Vec3(gate.XM, gate.HeightM, gate.ZM);
            return new Label(at, "", gate.Title, gate.Subtitle, Palette.Text, 0);
        }

        // Where walls stand in all directions, what names one is over it.
        static Label Closed(Station station, bool over)
        {
            double edge = 2.6;
            foreach (Protocol.Wall wall in station.Walls)
            {
                edge = Math.Max(edge, wall.PositionM.X + 0.5);
            }
            bool repeats = station.Repeats != 0;
            string count = repeats ? "\u00d7 " + station.Repeats
                : station.Ops + (station.Ops == 1 ? " op" : " ops");
            Vec3 at = over
                ? new Vec3(station.OriginM.X, OverWallsM, station.OriginM.Z)
                : new Vec3(edge, 0.4, station.OriginM.Z);
            return new Label(at, "+", station.Title, count, Palette.Text, repeats ? 1 : 2);
        }

        sealed class Label
        {
            public readonly Vec3 At;
            public readonly Span[] Name, Spans; // without and with what follows it
            public readonly int Rank;

            public Label(
                Vec3 at, string sign, string name, string count, string colour, int rank)
            {
                At = at;
                Rank = rank;
                // Cut before they are measured, which is done whenever the visitor moves.
                count = Sentences.Cut(count);
                Span first = new Span(sign == "" ? "" : sign + "  ", colour, 600);
                Span then = new Span(Sentences.Cut(name), colour, 600);
                Name = new[] { first, then };
                Spans = count == "" ? Name : new[]
                {
                    first, then, new Span("   " + count, Palette.Second, 500),
                };
            }
        }

        // As the eye sees it, in tangents; `Far` along the line of sight.
        struct Seen
        {
            public Span[] Spans;
            public double X, Y, Far;
        }
    }
}
