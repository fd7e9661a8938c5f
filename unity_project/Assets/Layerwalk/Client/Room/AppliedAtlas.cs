using System;
using Unity.Collections;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// Pages on devices that cannot copy textures: they stay in the main memory, and every batch
    /// sends all of them.
    /// </summary>
    public sealed class AppliedAtlas : AtlasTexture
    {
        Texture2DArray _slices;
        bool _dirty;

        public AppliedAtlas(Action<Texture> bind) : base(bind)
        {
            Reserve(1);
        }

        public override int Depth
        {
            get { return _slices == null ? 0 : _slices.depth; }
        }

        public override Texture Slices
        {
            get { return _slices; }
        }

        public override bool Reserve(int slices)
        {
            if (slices <= Depth)
            {
                return true;
            }
            var grown = new Texture2DArray(Edge, Edge, slices, TextureFormat.R8, 1, true, true);
            for (int slice = 0; slice < Depth; slice++)
            {
                grown.SetPixelData(_slices.GetPixelData<byte>(0, slice), 0, slice);
            }
            _dirty |= Depth > 0;
            Materials.Destroy(_slices);
            _slices = grown;
            Bind(grown);
            return true;
        }

        public override bool Restore()
        {
            return false; // it is in the main memory
        }

        public override void Put(
            int slice, int x, int y, int width, int height, ArraySegment<byte> pixels)
        {
            NativeArray<byte> into = _slices.GetPixelData<byte>(0, slice);
            for (int row = 0; row < height; row++)
            {
                NativeArray<byte>.Copy(
                    pixels.Array, pixels.Offset + row * width, into, (y + row) * Edge + x, width);
            }
            _dirty = true;
        }

        public override void Flush()
        {
            if (_dirty)
            {
                _slices.Apply(false, false);
                Batches++;
            }
            _dirty = false;
        }

        public override void Dispose()
        {
            Materials.Destroy(_slices);
            _slices = null;
        }
    }
}
