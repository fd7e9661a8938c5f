using System;

namespace Layerwalk.Scene
{
    /// <summary>The texture array of all pages: one byte a pixel, slices of 1024 x 1024.</summary>
    public interface IAtlasTexture
    {
        /// <summary>How many slices there are.</summary>
        int Depth { get; }

        /// <summary>
        /// Grows to so many slices; what is in it stays. False, and as it was, where the device has
        /// no room for them.
        /// </summary>
        bool Reserve(int slices);

        /// <summary>
        /// Writes a rectangle of a slice, rows from the top; the pixels may change afterwards.
        /// </summary>
        void Put(int slice, int x, int y, int width, int height, ArraySegment<byte> pixels);
    }
}
