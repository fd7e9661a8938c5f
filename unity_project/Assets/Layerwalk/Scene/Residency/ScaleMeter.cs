using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Measures what a layer's colours span, from some values of its finest level. Its memory is
    /// used again.
    /// </summary>
    sealed class ScaleMeter
    {
        const int Samples = 4096;

        // A layer's colours end where this share of its values does: one outlier darkens nothing.
        const double DisplayedShare = 0.998;
        const double Golden = 0.61803398875; // a stride that walks over rows and columns

        const int Chunk = 4096; // bytes
        const ulong Low7 = 0x7f7f7f7f7f7f7f7f, High1 = 0x8080808080808080;
        const ulong BeyondMost = 0x7f - (WireFormat.MaxCode & 0x7f);

        readonly float[] _magnitudes = new float[Samples];
        readonly ulong[] _chunk = new ulong[Chunk / 8];

        /// <summary>The scale of what is held.</summary>
        public DisplayScale Measure(HeldCodes held)
        {
            double low = double.PositiveInfinity, high = double.NegativeInfinity;
            for (long tile = 0; tile < held.Shape.Tiles; tile++)
            {
                low = Math.Min(low, held.Value(tile, 0));
                high = Math.Max(high, held.Value(tile, WireFormat.MaxCode));
            }
            if (!(low <= high))
            {
                return new DisplayScale(0, 0, false);
            }
            int count = Sample(held);
            Array.Sort(_magnitudes, 0, count);
            int last = (int)Math.Ceiling(DisplayedShare * (count - 1));
            double reach = count > 0 ? _magnitudes[last] : 0;
            double end = reach > 0 ? reach : Math.Max(Math.Abs(low), Math.Abs(high));
            return new DisplayScale(low < 0 ? -end : 0, end, low < 0);
        }

        /// <summary>
        /// Whether there is a code that is no value: infinite or not a number. Eight at a time.
        /// </summary>
        public bool HasSpecials(byte[] codes)
        {
            const ulong carry = BeyondMost * 0x0101010101010101;
            for (int at = 0; at < codes.Length; at += Chunk)
            {
                int bytes = Math.Min(Chunk, codes.Length - at);
                if (bytes < Chunk)
                {
                    Array.Clear(_chunk, 0, _chunk.Length);
                }
                Buffer.BlockCopy(codes, at, _chunk, 0, bytes);
                ulong found = 0;
                foreach (ulong eight in _chunk)
                {
                    found |= ((eight & Low7) + carry) & eight;
                }
                if ((found & High1) != 0)
                {
                    return true;
                }
            }
            return false;
        }

        // Magnitudes of values from all over the layer; how many there are.
        int Sample(HeldCodes held)
        {
            PageLevel packing = held.Packing(held.Finest);
            byte[] codes = held.Pixels(held.Finest);
            long area = packing.TileWidth * packing.TileHeight;
            long total = area * held.Shape.Tiles;
            int n = 0;
            for (long i = 0; i < Math.Min(Samples, total); i++)
            {
                long at = total <= Samples ? i : (long)(i * Golden % 1 * total);
                long tile = at / area, row = at % area / packing.TileWidth;
                long y = tile / packing.Columns * packing.TileHeight + row;
                long x = tile % packing.Columns * packing.TileWidth + at % packing.TileWidth;
                byte code = codes[y * packing.Width + x];
                if (code <= WireFormat.MaxCode)
                {
                    _magnitudes[n++] = (float)Math.Abs(held.Value(tile, code));
                }
            }
            return n;
        }
    }
}
