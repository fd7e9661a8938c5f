using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// A dark pane with lines on it, anywhere in the room. Its letters are the bridge's; until
    /// there is a bridge, the engine's own.
    /// </summary>
    public sealed class PanelView : IDisposable
    {
        const double CapM = 0.0105, RowM = 0.03, MarginM = 0.022; // at a scale of 1
        const double BeforeM = 0.003;
        const double Fog = 0;
        const double PlainM = 0.8; // about how wide letters are, of a capital's height

        readonly DrawnMesh _pane = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();
        readonly Lettering _letters = new Lettering();
        readonly PlainLetters _plain;
        readonly List<TextLine> _texts = new List<TextLine>();
        readonly List<PanelLine> _lines = new List<PanelLine>();

        Frame _frame;
        bool _dirty;
        double _leastM;
        int _pointed = -1;

        public PanelView(string name)
        {
            _plain = new PlainLetters(name);
            Visible = false;
        }

        public bool Visible { get; private set; }

        /// <summary>The line that is marked as pointed to; -1 for none.</summary>
        public int Pointed
        {
            get { return _pointed; }
        }

        /// <summary>Metres at a scale of 1.</summary>
        public double WidthM { get; private set; }

        public double HeightM { get; private set; }

        public GlyphAtlas Atlas
        {
            set
            {
                _letters.Atlas = value;
                Fit();
            }
        }

        /// <summary>Shows these lines; none hides it. It is wider than `leastM` if they are.
        /// </summary>
        public void Set(List<PanelLine> lines, double leastM)
        {
            _lines.Clear();
            _lines.AddRange(lines);
            Visible = lines.Count > 0;
            _leastM = leastM;
            HeightM = 2 * MarginM;
            foreach (PanelLine line in lines)
            {
                HeightM += RowM * line.Size;
            }
            Fit();
        }

        /// <summary>Its middle, facing along z, is there; axes longer than 1 make it larger.
        /// </summary>
        public void Place(Frame frame)
        {
            bool same = Near(frame.Origin, _frame.Origin) && Near(frame.X, _frame.X)
                && Near(frame.Z, _frame.Z);
            if (!same)
            {
                _frame = frame;
                _dirty = true;
            }
        }

        /// <summary>Whether it is behind or far from who looks that way.</summary>
        public bool IsAway(Vec3 eyes, Vec3 forward)
        {
            Vec3 to = _frame.Origin.Minus(eyes);
            double far = to.Length();
            return far < 0.5 || far > 2 || to.Dot(forward) < 0.6 * far;
        }

        /// <summary>
        /// The line that a ray meets, -1 for none that can be clicked; and how far away the pane
        /// is, infinite for a ray that passes by.
        /// </summary>
        public int Meet(PointerRay ray, out double distance)
        {
            double x, y;
            bool met = Picking.Meet(ray, _frame, out distance, out x, out y) && Visible
                && Math.Abs(x) <= WidthM / 2 && Math.Abs(y) <= HeightM / 2;
            distance = met ? distance : double.PositiveInfinity;
            double top = HeightM / 2 - MarginM;
            for (int i = 0; met && i < _lines.Count; i++)
            {
                double foot = top - RowM * _lines[i].Size;
                if (y <= top && y > foot)
                {
                    return _lines[i].Clicked == null ? -1 : i;
                }
                top = foot;
            }
            return -1;
        }

        /// <summary>What a line says, without colours; "" for none.</summary>
        public string TextOf(int line)
        {
            return line >= 0 && line < _lines.Count ? _lines[line].Text : "";
        }

        /// <summary>Marks a line as pointed to; -1 for none.</summary>
        public void Point(int line)
        {
            _dirty |= line != _pointed;
            _pointed = line;
        }

        public void Click(int line)
        {
            if (line >= 0 && line < _lines.Count && _lines[line].Clicked != null)
            {
                _lines[line].Clicked();
            }
        }

        public void Draw()
        {
            _plain.Visible = Visible && _letters.Atlas == null;
            if (!Visible)
            {
                return;
            }
            if (_dirty)
            {
                _dirty = false;
                Write();
            }
            _pane.Draw();
            _letters.Draw();
        }

        public void Dispose()
        {
            _pane.Dispose();
            _letters.Dispose();
            _plain.Dispose();
        }

        void Fit()
        {
            double widest = 0;
            foreach (PanelLine line in _lines)
            {
                double cap = CapM * line.Size;
                double wide = _letters.Atlas == null
                    ? line.Text.Length * PlainM * cap : _letters.Atlas.Measure(line.Spans, cap);
                widest = Math.Max(widest, wide);
            }
            WidthM = Math.Max(_leastM, widest + 2 * MarginM);
            _dirty = true;
        }

        void Write()
        {
            _solids.Box(
                _frame, 0, 0, -0.004, new Vec3(WidthM, HeightM, 0.004), Palette.Glass, Fog);
            _texts.Clear();
            double top = HeightM / 2 - MarginM, left = MarginM - WidthM / 2;
            for (int i = 0; i < _lines.Count; i++)
            {
                PanelLine line = _lines[i];
                double high = RowM * line.Size;
                if (i == _pointed && line.Clicked != null)
                {
                    _solids.Box(
                        _frame, 0, top - high / 2, -0.001, new Vec3(WidthM, high, 0.001),
                        Palette.Bar, Fog);
                }
                _texts.Add(Of(line, left, top - high / 2));
                top -= high;
            }
            _pane.Set(_solids.Builder);
            _letters.Set(_texts);
            if (_letters.Atlas == null)
            {
                _plain.Write(_lines, _frame, left, HeightM / 2 - MarginM, RowM, CapM);
            }
        }

        TextLine Of(PanelLine line, double left, double middle)
        {
            Vec3 origin = _frame.PointOf(left, middle, BeforeM);
            return new TextLine
            {
                Spans = line.Spans,
                Frame = new Frame(origin, _frame.X, _frame.Y, _frame.Z),
                CapM = CapM * line.Size,
                Align = TextAlign.Left,
                Fog = Fog,
            };
        }

        static bool Near(Vec3 a, Vec3 b)
        {
            return a.DistanceTo(b) < 1e-5;
        }
    }
}
