using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Client
{
    /// <summary>Text in the room: one draw of quads from the glyph atlas.</summary>
    public sealed class Lettering : IDisposable
    {
        /// <summary>
        /// Glyphs that are drawn at most: several times as many as the largest rooms need, in
        /// which networks of thousands of layers hang.
        /// </summary>
        public const int MostLetters = 100000;

        readonly DrawnMesh _mesh = new DrawnMesh("Text");
        readonly MeshBuilder _builder = new MeshBuilder(3);

        GlyphAtlas _atlas;

        /// <summary>`onTop`: drawn over everything that stands in the room.</summary>
        public Lettering(bool onTop = false)
        {
            if (_mesh.Material != null)
            {
                CompareFunction test = onTop ? CompareFunction.Always : CompareFunction.LessEqual;
                _mesh.Material.SetFloat(Ids.DepthTest, (int)test);
            }
        }

        /// <summary>Glyphs that are drawn.</summary>
        public int Letters { get; private set; }

        public bool Visible
        {
            get { return _mesh.Visible; }
            set { _mesh.Visible = value; }
        }

        /// <summary>Where the letters come from; null before the bridge sent any.</summary>
        public GlyphAtlas Atlas
        {
            get { return _atlas; }
            set
            {
                _atlas = value;
                if (value != null && _mesh.Material != null)
                {
                    _mesh.Material.SetTexture(Ids.Glyphs, value.Texture);
                    _mesh.Material.SetFloat(Ids.GlyphRange, value.RangePx);
                }
            }
        }

        /// <summary>
        /// Draws these lines from now on, long ones cut; nothing without an atlas. Lines for which
        /// there are too many letters are left out.
        /// </summary>
        public void Set(List<TextLine> lines)
        {
            Begin(lines);
            End();
        }

        /// <summary>Writes lines in the same way, and what strokes follow.</summary>
        public void Begin(List<TextLine> lines)
        {
            Letters = 0;
            if (_atlas != null)
            {
                for (int i = 0; i < lines.Count && Letters < MostLetters; i++)
                {
                    TextLine line = lines[i];
                    line.Spans = Sentences.Cut(line.Spans);
                    Add(line);
                }
            }
        }

        /// <summary>Draws what was written from now on.</summary>
        public void End()
        {
            _mesh.Set(_builder);
        }

        /// <summary>
        /// A straight line of a label, cut out of the middle of a dash: from a point of the room,
        /// so far to the right and up, and so thick, in metres at 1 m from the eye.
        /// </summary>
        public void Stroke(
            Vec3 from, double right, double up, double thick, string colour, double fog)
        {
            Glyph dash = _atlas == null ? null : _atlas.Letter(_atlas.IndexOf('\u2013', 600));
            double length = Math.Sqrt(right * right + up * up);
            if (dash == null || dash.Width == 0 || length == 0)
            {
                return;
            }
            double x = thick / 2 * -up / length, y = thick / 2 * right / length;
            double u = (dash.X + dash.Width / 2.0) / _atlas.Width;
            double v = (dash.Y + dash.Height / 2.0) / _atlas.Height;
            Vector4 paint = Conversions.Paint(Palette.Of(colour), fog);
            for (int corner = 0; corner < 4; corner++)
            {
                double along = corner % 2, side = corner < 2 ? 1 : -1;
                _builder.Add(
                    from, Conversions.Vector(u, v, 0, (int)WhenSeen.Label),
                    Conversions.Vector(right * along + side * x, up * along + side * y, 0, 0),
                    paint);
            }
            _builder.Quad();
        }

        public void Draw()
        {
            _mesh.Draw();
        }

        public void Dispose()
        {
            _mesh.Dispose();
        }

        void Add(TextLine line)
        {
            double total = _atlas.Measure(line.Spans, line.CapM);
            double begin = line.Align == TextAlign.Left
                ? 0 : line.Align == TextAlign.Centre ? -total / 2 : -total;
            double em = line.CapM / _atlas.CapEm;
            Vector4 middle = Conversions.Plain(
                line.Frame.PointOf(begin + total / 2, 0), line.FarthestM);
            double pen = begin / em;
            foreach (Span span in line.Spans)
            {
                Vector4 paint = Conversions.Paint(Palette.Of(span.Colour), line.Fog);
                pen = Add(line, span, pen, em, middle, paint);
            }
        }

        // The glyphs of a span from `pen` (ems) on; where the pen is then.
        double Add(
            TextLine line, Span span, double pen, double em, Vector4 middle, Vector4 paint)
        {
            double foot = -_atlas.CapEm / 2; // the base line is half a capital below
            int before = -1;
            foreach (char character in span.Text)
            {
                int index = _atlas.IndexOf(character, (int)span.Weight);
                Glyph glyph = _atlas.Letter(index);
                pen += before < 0 ? 0 : _atlas.Kerning(before, index);
                if (glyph.Width > 0)
                {
                    double left = pen + glyph.LeftEm, top = foot + glyph.TopEm;
                    var rect = new WallRect(
                        left * em, (top - glyph.Height / _atlas.EmPx) * em,
                        glyph.Width / _atlas.EmPx * em, glyph.Height / _atlas.EmPx * em);
                    AddQuad(line, glyph, rect, middle, paint);
                }
                pen += glyph.AdvanceEm;
                before = index;
            }
            return pen;
        }

        void AddQuad(
            TextLine line, Glyph glyph, WallRect rect, Vector4 middle, Vector4 paint)
        {
            for (int corner = 0; corner < 4; corner++)
            {
                bool right = corner % 2 == 1, low = corner > 1;
                double x = right ? rect.Right : rect.Left, y = low ? rect.Bottom : rect.Top;
                bool label = line.Seen == WhenSeen.Label;
                Vec3 at = label ? line.Frame.Origin : line.Frame.PointOf(x, y);
                Vector4 then = label ? Conversions.Vector(x, y, 0, line.FarthestM) : middle;
                double u = (glyph.X + (right ? glyph.Width : 0)) / (double)_atlas.Width;
                double v = (glyph.Y + (low ? glyph.Height : 0)) / (double)_atlas.Height;
                _builder.Add(
                    at, Conversions.Vector(u, v, 0, (int)line.Seen), then, paint);
            }
            _builder.Quad();
            Letters++;
        }
    }
}
