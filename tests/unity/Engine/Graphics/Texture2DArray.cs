using System;
using System.Linq;
using Unity.Collections;
using UnityDouble;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public sealed partial class Texture2DArray : Texture
    {
        public Texture2DArray(
            int width, int height, int depth, TextureFormat textureFormat, bool mipChain)
            : this(width, height, depth, textureFormat, mipChain ? -1 : 1, false)
        {
        }

        public Texture2DArray(
            int width, int height, int depth, TextureFormat textureFormat, bool mipChain,
            bool linear)
            : this(width, height, depth, textureFormat, mipChain ? -1 : 1, linear)
        {
        }

        public Texture2DArray(
            int width, int height, int depth, TextureFormat textureFormat, bool mipChain,
            bool linear, bool createUninitialized)
            : this(width, height, depth, textureFormat, mipChain ? -1 : 1, linear)
        {
        }

        public Texture2DArray(
            int width, int height, int depth, TextureFormat textureFormat, int mipCount,
            bool linear, bool createUninitialized)
            : this(width, height, depth, textureFormat, mipCount, linear)
        {
        }

        public Texture2DArray(
            int width, int height, int depth, TextureFormat textureFormat, int mipCount,
            bool linear)
            : this(
                width, height, depth, Formats.Of(textureFormat, linear), TextureCreationFlags.None,
                mipCount)
        {
            format = textureFormat;
        }

        public Texture2DArray(
            int width, int height, int depth, GraphicsFormat format, TextureCreationFlags flags)
            : this(
                width, height, depth, format, flags,
                (flags & TextureCreationFlags.MipChain) != 0 ? -1 : 1)
        {
        }

        public Texture2DArray(
            int width, int height, int depth, GraphicsFormat format, TextureCreationFlags flags,
            int mipCount)
        {
            if (depth < 1 || depth > Machine.MaxTextureArraySlices)
            {
                throw new UnityException(
                    "Failed to create texture array because of invalid parameters: " + depth
                    + " slices are not within 1 and " + Machine.MaxTextureArraySlices);
            }
            Make(width, height, depth, mipCount, format);
            this.format = Formats.Of(format);
        }

        public TextureFormat format { get; private set; }

        public int depth
        {
            get { return Has("get_depth").Depth; }
        }

        public override TextureDimension dimension
        {
            get { return TextureDimension.Tex2DArray; }
        }

        public override bool isReadable
        {
            get { return Has("get_isReadable").IsReadable; }
        }

        public void SetPixelData<T>(
            T[] data, int mipLevel, int element, int sourceDataStartIndex = 0)
        {
            Put(data, mipLevel, element, sourceDataStartIndex);
        }

        public void SetPixelData<T>(
            NativeArray<T> data, int mipLevel, int element, int sourceDataStartIndex = 0)
            where T : struct
        {
            Put(data.ToArray(), mipLevel, element, sourceDataStartIndex);
        }

        public NativeArray<T> GetPixelData<T>(int mipLevel, int element)
            where T : struct
        {
            return View<T>(mipLevel, element);
        }

        public void Apply()
        {
            Apply(true, false);
        }

        public void Apply(bool updateMipmaps)
        {
            Apply(updateMipmaps, false);
        }

        public void Apply(bool updateMipmaps, bool makeNoLongerReadable)
        {
            Applied("Apply", updateMipmaps, makeNoLongerReadable);
        }
    }
}
