using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>A picture: rows from the top, red, green and blue of each pixel, sRGB.</summary>
    public sealed class Pixels
    {
        public readonly byte[] Rgb;
        public readonly int Width;
        public readonly int Height;

        public Pixels(byte[] rgb, int width, int height)
        {
            Rgb = rgb;
            Width = width;
            Height = height;
        }

        /// <summary>
        /// A copy of a message's first buffer; null if that is no picture (H, W, 3).
        /// </summary>
        public static Pixels Of(BufferInfo[] buffers, ArraySegment<byte>[] payloads)
        {
            if (buffers.Length == 0 || buffers[0].Shape.Length != 3
                || buffers[0].Dtype != BufferDtype.Uint8 || buffers[0].Shape[2] != 3)
            {
                return null;
            }
            ArraySegment<byte> from = payloads[0];
            var rgb = new byte[from.Count];
            Buffer.BlockCopy(from.Array, from.Offset, rgb, 0, rgb.Length);
            long[] shape = buffers[0].Shape;
            return rgb.Length == 0 ? null : new Pixels(rgb, (int)shape[1], (int)shape[0]);
        }
    }
}
