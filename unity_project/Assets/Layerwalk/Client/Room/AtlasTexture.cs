using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using Unity.Collections;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// The texture array of all pages. It lies on the graphics device only: an array's Apply would
    /// send all its slices. So what is put goes side by side into one small texture, which is
    /// applied once a batch, and from there the device copies it to its places.
    /// </summary>
    public sealed class AtlasTexture : IAtlasTexture, IDisposable
    {
        const int Edge = WireFormat.PageEdge;

        readonly Action<Texture> _bind;
        readonly List<Part> _parts = new List<Part>();

        Texture2DArray _slices;
        Texture2D _staging;
        int _x, _y, _row; // where the next part goes, and how high the row is that it is in

        /// <summary>`bind` tells the shaders of the texture, whenever it is another one.</summary>
        public AtlasTexture(Action<Texture> bind)
        {
            _bind = bind;
            _staging = new Texture2D(Edge, Edge, TextureFormat.R8, false, true)
            {
                name = "Layerwalk pages on their way",
                hideFlags = HideFlags.HideAndDontSave,
            };
            Reserve(1);
        }

        public int Depth
        {
            get { return _slices == null ? 0 : _slices.depth; }
        }

        public Texture2DArray Slices
        {
            get { return _slices; }
        }

        /// <summary>How often the staging texture was applied.</summary>
        public int Batches { get; private set; }

        public void Reserve(int slices)
        {
            if (slices <= Depth)
            {
                return;
            }
            Flush();
            var grown = new Texture2DArray(Edge, Edge, slices, TextureFormat.R8, 1, true, true)
            {
                name = "Layerwalk pages",
                hideFlags = HideFlags.HideAndDontSave,
                filterMode = FilterMode.Bilinear,
                wrapMode = TextureWrapMode.Clamp,
            };
            grown.Apply(false, true); // no copy stays in the main memory
            for (int slice = 0; slice < Depth; slice++)
            {
                Graphics.CopyTexture(_slices, slice, 0, grown, slice, 0);
            }
            Materials.Destroy(_slices);
            _slices = grown;
            _bind(grown);
        }

        public void Put(int slice, int x, int y, int width, int height, ArraySegment<byte> pixels)
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

        /// <summary>Brings all that was put to its place.</summary>
        public void Flush()
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

        public void Dispose()
        {
            Materials.Destroy(_slices);
            Materials.Destroy(_staging);
            _slices = null;
            _staging = null;
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
