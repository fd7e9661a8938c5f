using System;
using System.Collections.Generic;
using Layerwalk.Scene;

namespace Layerwalk.Tests
{
    /// <summary>A texture array in memory.</summary>
    sealed class MemoryTexture : IAtlasTexture
    {
        readonly List<byte[]> _slices = new List<byte[]>();

        public MemoryTexture()
        {
            Most = int.MaxValue;
        }

        public long Written { get; private set; }

        public int Reserved { get; private set; }

        public int Depth
        {
            get { return _slices.Count; }
        }

        /// <summary>The device has room for so many slices.</summary>
        public int Most { get; set; }

        public bool Reserve(int slices)
        {
            if (slices > Most)
            {
                return false;
            }
            Reserved++;
            while (_slices.Count < slices)
            {
                _slices.Add(new byte[1024 * 1024]);
            }
            return true;
        }

        public void Put(
            int slice, int x, int y, int width, int height, ArraySegment<byte> pixels)
        {
            if (pixels.Count != width * height || x + width > 1024 || y + height > 1024)
            {
                throw new ArgumentException("these pixels do not fit " + width + "x" + height);
            }
            for (int row = 0; row < height; row++)
            {
                Buffer.BlockCopy(
                    pixels.Array, pixels.Offset + row * width, _slices[slice],
                    (y + row) * 1024 + x, width);
            }
            Written += pixels.Count;
        }

        /// <summary>What was in it is gone.</summary>
        public void Lose()
        {
            _slices.ForEach(slice => Array.Clear(slice, 0, slice.Length));
        }

        public byte At(int slice, int x, int y)
        {
            return _slices[slice][y * 1024 + x];
        }
    }
}
