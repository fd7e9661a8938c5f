using System;
using System.Linq;

namespace UnityDouble
{
    /// <summary>Each level is the mean of two by two pixels of the one above.</summary>
    static class MipMaps
    {
        public static void Make(Pixels pixels, byte[] bytes)
        {
            if (!Formats.OfBytes(pixels.Format))
            {
                throw new NotSupportedException(
                    "the engine's double makes no mip levels of " + pixels.Format);
            }
            for (int element = 0; element < pixels.Depth; element++)
            {
                for (int mip = 1; mip < pixels.Mips; mip++)
                {
                    Halve(pixels, bytes, element, mip);
                }
            }
        }

        static void Halve(Pixels pixels, byte[] bytes, int element, int mip)
        {
            int size = pixels.PixelSize;
            int above = pixels.Start(element, mip - 1);
            int width = pixels.MipWidth(mip - 1);
            int height = pixels.MipHeight(mip - 1);
            int at = pixels.Start(element, mip);
            for (int y = 0; y < pixels.MipHeight(mip); y++)
            {
                int row = above + Math.Min(2 * y, height - 1) * width * size;
                int next = above + Math.Min(2 * y + 1, height - 1) * width * size;
                for (int x = 0; x < pixels.MipWidth(mip); x++)
                {
                    int left = Math.Min(2 * x, width - 1) * size;
                    int right = Math.Min(2 * x + 1, width - 1) * size;
                    for (int c = 0; c < size; c++)
                    {
                        int sum = bytes[row + left + c] + bytes[row + right + c]
                            + bytes[next + left + c] + bytes[next + right + c];
                        bytes[at++] = (byte)((sum + 2) / 4);
                    }
                }
            }
        }
    }
}
