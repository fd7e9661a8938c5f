using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// Mean colours of tiles, as the shaders draw them: for what is far, for the light that walls
    /// throw, and for reflections. Its memory is used again.
    /// </summary>
    public sealed class TileColours
    {
        const int SampledEdge = 4; // pixels of a tile's edge whose colours are averaged
        const float Last = Palette.Size - 1;

        readonly int[] _samples = new int[SampledEdge * SampledEdge];

        /// <summary>
        /// Writes the colour of every tile of a layer from `first` on: the bytes r, g, b, 255.
        /// `each`: by each tile's own range, as the shaders do with tiles of several values.
        /// </summary>
        public void Write(HeldCodes held, DisplayScale scale, bool each, uint[] into, int first)
        {
            each &= held.Shape.Height * held.Shape.Width > 1;
            int level = SampledLevel(held);
            PageLevel packing = held.Packing(level);
            byte[] pixels = held.Page(level, 0).Array; // pages lie one after the other
            int samples = Sample(packing);
            int row = scale.Signed ? Palette.Size * 4 : 0;
            for (long tile = 0; tile < held.Shape.Tiles; tile++)
            {
                long corner = tile / packing.Columns * packing.TileHeight * packing.Width
                    + tile % packing.Columns * packing.TileWidth;
                float begin, step;
                Placing(held, scale, each, tile, out begin, out step);
                int r = 0, g = 0, b = 0;
                for (int i = 0; i < samples; i++)
                {
                    int at = row + 4 * Place(
                        pixels[corner + _samples[i]], begin, step, scale.Signed);
                    r += Palette.Scales[at];
                    g += Palette.Scales[at + 1];
                    b += Palette.Scales[at + 2];
                }
                into[first + tile] = (uint)(r / samples) | (uint)(g / samples) << 8
                    | (uint)(b / samples) << 16 | 0xff000000;
            }
        }

        // The coarsest level with at least as many pixels as are sampled: each is a mean of many.
        static int SampledLevel(HeldCodes held)
        {
            for (int level = held.Coarsest; level >= 0; level--)
            {
                PageLevel packing = held.Packing(level);
                if (packing != null && packing.TileHeight >= SampledEdge
                    && packing.TileWidth >= SampledEdge)
                {
                    return level;
                }
            }
            return held.Finest;
        }

        // Pixels of a tile, as distances from its corner in the packed image; how many.
        int Sample(PageLevel packing)
        {
            int rows = (int)Math.Min(SampledEdge, packing.TileHeight);
            int columns = (int)Math.Min(SampledEdge, packing.TileWidth);
            for (int i = 0; i < rows * columns; i++)
            {
                long row = (long)((i / columns + 0.5) * packing.TileHeight / rows);
                long column = (long)((i % columns + 0.5) * packing.TileWidth / columns);
                _samples[i] = (int)(row * packing.Width + column);
            }
            return rows * columns;
        }

        // Code c of a tile stands at begin + step * c: place_on_scale of codes.hlsl.
        static void Placing(
            HeldCodes held, DisplayScale scale, bool each, long tile, out float begin,
            out float step)
        {
            double low = each ? held.Value(tile, 0) : scale.Low;
            double high = each ? held.Value(tile, WireFormat.MaxCode) : scale.High;
            double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
            double signed = magnitude > 0 ? 0.5 / magnitude : 0;
            double unsigned = high > 0 ? 1 / high : 0;
            double gain = Last * (scale.Signed ? signed : unsigned);
            double zero = held.Value(tile, 0), one = held.Value(tile, 1);
            begin = (float)((scale.Signed ? Last / 2 : 0) + gain * zero);
            step = (float)(gain * (one - zero));
        }

        // Where in the scale a code is: infinities at its ends, not a number dark.
        static int Place(byte code, float begin, float step, bool signed)
        {
            if (code > WireFormat.MaxCode)
            {
                bool high = code == WireFormat.MaxCode + 2, low = code == WireFormat.MaxCode + 1;
                return high ? Palette.Size - 1 : signed && !low ? Palette.Size / 2 : 0;
            }
            float place = begin + step * code;
            return place <= 0 ? 0 : place >= Last ? Palette.Size - 1 : (int)(place + 0.5f);
        }
    }
}
