using System;
using System.Linq;
using Unity.Collections;
using UnityDouble;
using UnityEngine.Experimental.Rendering;

namespace UnityEngine
{
    public sealed partial class Texture2D : Texture
    {
        public Texture2D(int width, int height)
            : this(width, height, TextureFormat.RGBA32, -1, false)
        {
        }

        public Texture2D(int width, int height, TextureFormat textureFormat, bool mipChain)
            : this(width, height, textureFormat, mipChain ? -1 : 1, false)
        {
        }

        public Texture2D(
            int width, int height, TextureFormat textureFormat, bool mipChain, bool linear)
            : this(width, height, textureFormat, mipChain ? -1 : 1, linear)
        {
        }

        public Texture2D(
            int width, int height, TextureFormat textureFormat, bool mipChain, bool linear,
            bool createUninitialized)
            : this(width, height, textureFormat, mipChain ? -1 : 1, linear)
        {
        }

        public Texture2D(
            int width, int height, TextureFormat textureFormat, int mipCount, bool linear)
        {
            Make(width, height, 1, mipCount, Formats.Of(textureFormat, linear));
            format = textureFormat;
        }

        public Texture2D(int width, int height, GraphicsFormat format, TextureCreationFlags flags)
            : this(
                width, height, format, (flags & TextureCreationFlags.MipChain) != 0 ? -1 : 1, flags)
        {
        }

        public Texture2D(
            int width, int height, GraphicsFormat format, int mipCount, TextureCreationFlags flags)
        {
            Make(width, height, 1, mipCount, format);
            this.format = Formats.Of(format);
        }

        public TextureFormat format { get; private set; }

        public void SetPixelData<T>(T[] data, int mipLevel, int sourceDataStartIndex = 0)
        {
            Put(data, mipLevel, 0, sourceDataStartIndex);
        }

        public void SetPixelData<T>(NativeArray<T> data, int mipLevel, int sourceDataStartIndex = 0)
            where T : struct
        {
            Put(data.ToArray(), mipLevel, 0, sourceDataStartIndex);
        }

        public NativeArray<T> GetPixelData<T>(int mipLevel)
            where T : struct
        {
            return View<T>(mipLevel, 0);
        }

        public NativeArray<T> GetRawTextureData<T>()
            where T : struct
        {
            return AsBytes<T>(Readable("GetRawTextureData").ViewAll());
        }

        public byte[] GetRawTextureData()
        {
            return (byte[])Readable("GetRawTextureData").Cpu.Clone();
        }

        public void LoadRawTextureData(byte[] data)
        {
            byte[] all = Readable("LoadRawTextureData").Cpu;
            if (data == null || data.Length < all.Length)
            {
                throw new UnityException(
                    "LoadRawTextureData: not enough data provided (will result in overread).");
            }
            Array.Copy(data, all, all.Length);
        }

        public void SetPixels32(Color32[] colors)
        {
            SetPixels32(colors, 0);
        }

        public void SetPixels32(Color32[] colors, int miplevel)
        {
            OnlyRgba("SetPixels32");
            Put(colors, miplevel, 0, 0);
        }

        public Color32[] GetPixels32()
        {
            return GetPixels32(0);
        }

        public Color32[] GetPixels32(int miplevel)
        {
            OnlyRgba("GetPixels32");
            int at = Mip("GetPixels32", miplevel, 0);
            Color32[] colors = new Color32[Content.MipBytes(miplevel) / 4];
            Bytes.CopyBack(Content.Cpu, at, colors, 0, colors.Length);
            return colors;
        }

        public void SetPixel(int x, int y, Color color)
        {
            OnlyRgba("SetPixel");
            Bytes.Copy(
                new Color32[] { color }, 0, 1, Readable("SetPixel").Cpu, 4 * (y * width + x));
        }

        public Color GetPixel(int x, int y)
        {
            return GetPixels32(0)[y * width + x];
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

        public bool Reinitialize(int width, int height)
        {
            return Reinitialize(width, height, format, mipmapCount > 1);
        }

        public bool Reinitialize(int width, int height, TextureFormat format, bool hasMipMap)
        {
            Pixels old = Readable("Reinitialize");
            old.Forget();
            GraphicsFormat exact = Formats.Of(format, !Formats.IsSrgb(old.Format));
            Content = new Pixels(width, height, 1, hasMipMap ? -1 : 1, exact);
            this.format = format;
            return true;
        }

        void OnlyRgba(string member)
        {
            if (format != TextureFormat.RGBA32)
            {
                throw new NotSupportedException(
                    "the engine's double does " + member + " of RGBA32 only");
            }
        }
    }
}
