using System;
using System.Collections.Generic;
using Unity.Collections;
using UnityEngine;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace Layerwalk.Client
{
    /// <summary>
    /// Pages that lie on the graphics device only. A Texture2DArray would have them in the main
    /// memory, too, and send all its slices when it grows; a render texture, into which nothing is
    /// rendered, has never been there. What is put goes side by side into one small texture, which
    /// is applied once a batch, and from there the device copies it to its places, as it copies
    /// the slices of an array to a larger one: in the order that it was told to.
    /// </summary>
    public sealed class CopiedAtlas : AtlasTexture
    {
        readonly List<Part> _parts = new List<Part>();

        RenderTexture _slices;
        Texture2D _staging;
        int _x, _y, _row; // where the next part goes, and how high the row is that it is in

        public CopiedAtlas(Action<Texture> bind) : base(bind)
        {
            _staging = new Texture2D(Edge, Edge, TextureFormat.R8, false, true)
            {
                name = "Layerwalk pages on their way",
                hideFlags = HideFlags.HideAndDontSave,
            };
            if (!Reserve(1))
            {
                throw new InvalidOperationException(
                    "The graphics device has no room for a page of 1 MiB; end other programs that"
                    + " use it, and start again.");
            }
        }

        public override int Depth
        {
            get { return _slices == null ? 0 : _slices.volumeDepth; }
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
            RenderTexture grown = Make(slices);
            if (grown == null)
            {
                Refused = slices;
                return false;
            }
            Flush();
            for (int slice = 0; slice < Depth; slice++)
            {
                Graphics.CopyTexture(_slices, slice, 0, grown, slice, 0);
            }
            Materials.Destroy(_slices);
            _slices = grown;
            Bind(grown);
            return true;
        }

        public override bool Restore()
        {
            if (_slices.IsCreated())
            {
                return false;
            }
            _slices.Create();
            _parts.Clear(); // those before them are gone, too
            _x = _y = _row = 0;
            return true;
        }

        public override void Put(
            int slice, int x, int y, int width, int height, ArraySegment<byte> pixels)
        {
            if (_x + width > Edge)
            {
                _y += _row;
                _x = _row = 0;
            }
            if (_y + height > Edge)
            {
                Flush();
            }
            NativeArray<byte> into = _staging.GetPixelData<byte>(0);
            for (int row = 0; row < height; row++)
            {
                NativeArray<byte>.Copy(
                    pixels.Array, pixels.Offset + row * width, into, (_y + row) * Edge + _x,
                    width);
            }
            _parts.Add(new Part(_x, _y, width, height, slice, x, y));
            _row = Math.Max(_row, height);
            _x += width;
        }

        public override void Flush()
        {
            if (_parts.Count > 0)
            {
                _staging.Apply(false, false);
                Batches++;
            }
            foreach (Part part in _parts)
            {
                Graphics.CopyTexture(
                    _staging, 0, 0, part.FromX, part.FromY, part.Width, part.Height,
                    _slices, part.Slice, 0, part.X, part.Y);
            }
            _parts.Clear();
            _x = _y = _row = 0;
        }

        public override void Dispose()
        {
            Materials.Destroy(_slices);
            Materials.Destroy(_staging);
            _slices = null;
            _staging = null;
        }

        // Linear, without mip levels and depth: what the shaders read of a page are its bytes.
        // Null where there is no room for it.
        static RenderTexture Make(int slices)
        {
            var made = new RenderTexture(new RenderTextureDescriptor(
                Edge, Edge, GraphicsFormat.R8_UNorm, GraphicsFormat.None)
            {
                dimension = TextureDimension.Tex2DArray,
                volumeDepth = slices,
                useMipMap = false,
                autoGenerateMips = false,
            });
            if (made.Create()) // a copy's target has to be there
            {
                return made;
            }
            Materials.Destroy(made);
            return null;
        }

        /// <summary>A rectangle of the staging texture, and where it goes.</summary>
        struct Part
        {
            public readonly int FromX, FromY, Width, Height, Slice, X, Y;

            public Part(int fromX, int fromY, int width, int height, int slice, int x, int y)
            {
                FromX = fromX;
                FromY = fromY;
                Width = width;
                Height = height;
                Slice = slice;
                X = x;
                Y = y;
            }
        }
    }
}
