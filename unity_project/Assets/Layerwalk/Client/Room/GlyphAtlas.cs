using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>The letters that the bridge drew, as signed distances, and their measures.
    /// </summary>
    public sealed class GlyphAtlas : IDisposable
    {
        const string Missing = "\ufffd";
        const int Usual = 400;

        readonly Dictionary<int, int> _indices = new Dictionary<int, int>();
        readonly Dictionary<long, float> _kerning = new Dictionary<long, float>();
        readonly Glyphs _glyphs;

        /// <summary>Of the bridge's answer; copies what it needs.</summary>
        public GlyphAtlas(Glyphs glyphs, ArraySegment<byte>[] payloads)
        {
            _glyphs = glyphs;
            long[] shape = glyphs.Buffers[0].Shape;
            Height = (int)shape[0];
            Width = (int)shape[1];
            for (int i = 0; i < glyphs.Letters.Length; i++)
            {
                Glyph glyph = glyphs.Letters[i];
                _indices[Key(glyph.Character, (int)glyph.Weight)] = i;
            }
            ReadKerning(payloads[1]);
            Texture = Upload(payloads[0]);
        }

        /// <summary>Whether text can be set with these: a picture, measures, some letters.
        /// </summary>
        public static bool IsUsable(Glyphs glyphs)
        {
            BufferInfo[] buffers = glyphs.Buffers;
            bool measured = glyphs.EmPx > 0 && glyphs.SpreadPx > 0 && glyphs.CapEm > 0;
            if (!measured || glyphs.Letters.Length == 0 || buffers.Length < 2)
            {
                return false;
            }
            long[] shape = buffers[0].Shape;
            return shape.Length == 2 && buffers[0].Dtype == BufferDtype.Uint8
                && Math.Min(shape[0], shape[1]) > 0
                && Math.Max(shape[0], shape[1]) <= SystemInfo.maxTextureSize;
        }

        /// <summary>Pixels of the whole atlas.</summary>
        public int Width { get; private set; }

        public int Height { get; private set; }

        public Texture2D Texture { get; private set; }

        /// <summary>Texels over which the distance goes from 0 to 1.</summary>
        public float RangePx
        {
            get { return (float)(2 * _glyphs.SpreadPx); }
        }

        public double CapEm
        {
            get { return _glyphs.CapEm; }
        }

        public double EmPx
        {
            get { return _glyphs.EmPx; }
        }

        /// <summary>Index of a character's glyph, or of the box that stands for others.</summary>
        public int IndexOf(char character, int weight)
        {
            int index;
            if (_indices.TryGetValue(Key(character, weight), out index)
                || _indices.TryGetValue(Key(character, Usual), out index)
                || _indices.TryGetValue(Key(Missing, Usual), out index))
            {
                return index;
            }
            return 0;
        }

        public Glyph Letter(int index)
        {
            return _glyphs.Letters[index];
        }

        /// <summary>Ems that the pen moves besides, between two glyphs.</summary>
        public double Kerning(int left, int right)
        {
            float em;
            return _kerning.TryGetValue((long)left << 32 | (uint)right, out em) ? em : 0;
        }

        /// <summary>Width in metres of a line of this cap height.</summary>
        public double Measure(Span[] spans, double capM)
        {
            double ems = 0;
            foreach (Span span in spans)
            {
                ems += Measure(span.Text, (int)span.Weight);
            }
            return ems * capM / CapEm;
        }

        /// <summary>Width in ems.</summary>
        public double Measure(string text, int weight)
        {
            double ems = 0;
            int before = -1;
            foreach (char character in text)
            {
                int index = IndexOf(character, weight);
                ems += Letter(index).AdvanceEm + (before < 0 ? 0 : Kerning(before, index));
                before = index;
            }
            return ems;
        }

        public void Dispose()
        {
            Materials.Destroy(Texture);
            Texture = null;
        }

        Texture2D Upload(ArraySegment<byte> pixels)
        {
            var codes = new byte[Width * Height];
            Buffer.BlockCopy(pixels.Array, pixels.Offset, codes, 0, codes.Length);
            var texture = new Texture2D(Width, Height, TextureFormat.R8, true, true)
            {
                name = "Layerwalk glyphs",
                hideFlags = HideFlags.HideAndDontSave,
                filterMode = FilterMode.Trilinear,
                wrapMode = TextureWrapMode.Clamp,
            };
            texture.SetPixelData(codes, 0);
            texture.Apply(true, true);
            return texture;
        }

        void ReadKerning(ArraySegment<byte> pairs)
        {
            for (int i = 0; i + 12 <= pairs.Count; i += 12)
            {
                int at = pairs.Offset + i;
                long left = BitConverter.ToInt32(pairs.Array, at);
                uint right = BitConverter.ToUInt32(pairs.Array, at + 4);
                _kerning[left << 32 | right] = BitConverter.ToInt32(pairs.Array, at + 8) / 1000f;
            }
        }

        static int Key(string character, int weight)
        {
            return character.Length == 0 ? -1 : Key(character[0], weight);
        }

        static int Key(char character, int weight)
        {
            return weight << 16 | character;
        }
    }
}
