using System;
using Unity.Collections;
using UnityDouble;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial class Texture : Object
    {
        public static readonly int GenerateAllMips = -1;
        uint _updates;
        TextureWrapMode _wrapMode;
        FilterMode _filterMode = FilterMode.Bilinear;
        int _anisoLevel = 1;
        float _mipMapBias;

        protected Texture()
        {
            MainThread.Check("Internal_Create");
        }

        /// <summary>Null where it has none (yet).</summary>
        internal Pixels Content { get; set; }

        public virtual int width
        {
            get { return Has("get_width").Width; }
            set { throw new NotImplementedException(); }
        }

        public virtual int height
        {
            get { return Has("get_height").Height; }
            set { throw new NotImplementedException(); }
        }

        public virtual TextureDimension dimension
        {
            get { return TextureDimension.Tex2D; }
            set { throw new NotImplementedException(); }
        }

        public virtual GraphicsFormat graphicsFormat
        {
            get
            {
                Native("get_graphicsFormat");
                return Exact;
            }
        }

        public virtual bool isReadable
        {
            get { return Has("get_isReadable").IsReadable; }
        }

        public int mipmapCount
        {
            get { return Has("get_mipmapCount").Mips; }
        }

        public TextureWrapMode wrapMode
        {
            get { return Read(_wrapMode); }
            set { Write(ref _wrapMode, value); }
        }

        public FilterMode filterMode
        {
            get { return Read(_filterMode); }
            set { Write(ref _filterMode, value); }
        }

        public int anisoLevel
        {
            get { return Read(_anisoLevel); }
            set { Write(ref _anisoLevel, value); }
        }

        public float mipMapBias
        {
            get { return Read(_mipMapBias); }
            set { Write(ref _mipMapBias, value); }
        }

        public Vector2 texelSize
        {
            get { return new Vector2(1f / width, 1f / height); }
        }

        public bool isDataSRGB
        {
            get { return Formats.IsSrgb(graphicsFormat); }
        }

        public uint updateCount
        {
            get { return _updates; }
        }

        public void IncrementUpdateCount()
        {
            _updates++;
        }

        internal virtual GraphicsFormat Exact
        {
            get { return Content.Format; }
        }

        internal Pixels Has(string member)
        {
            Native(member);
            return Content;
        }

        internal Pixels Readable(string member)
        {
            Pixels content = Has(member);
            if (!content.IsReadable)
            {
                throw new UnityException(
                    "Texture '" + name
                        + "' is not readable, the texture memory can not be accessed from "
                        + "scripts.");
            }
            return content;
        }

        internal override void Dying()
        {
            if (Content != null)
            {
                Content.Forget();
            }
        }

        internal void Applied(string member, bool updateMipmaps, bool makeNoLongerReadable)
        {
            Readable(member).Upload(updateMipmaps);
            _updates++;
            if (makeNoLongerReadable)
            {
                Content.Forget();
            }
        }

        internal void Make(int width, int height, int depth, int mips, GraphicsFormat format)
        {
            int most = Machine.MaxTextureSize;
            if (width < 1 || height < 1 || width > most || height > most)
            {
                throw new UnityException(
                    "Failed to create texture because of invalid parameters: " + width + " x "
                        + height
                    + " is not within 1 and " + most);
            }
            Born();
            Content = new Pixels(width, height, depth, mips, format);
        }

        internal int Mip(string member, int mip, int element)
        {
            Pixels content = Readable(member);
            if (mip < 0 || mip >= content.Mips)
            {
                throw new ArgumentException(
                    "The passed in miplevel " + mip
                        + " is invalid. It needs to be in the range 0 and " + (content.Mips - 1));
            }
            if (element < 0 || element >= content.Depth)
            {
                throw new ArgumentException(
                    "The passed in element " + element
                        + " is invalid. It needs to be in the range 0 and " + (content.Depth - 1));
            }
            return content.Start(element, mip);
        }

        internal void Put(Array data, int mip, int element, int first)
        {
            int at = Mip("SetPixelData", mip, element);
            if (first < 0)
            {
                throw new UnityException(
                    "SetPixelData: sourceDataStartIndex cannot be less than 0.");
            }
            if (data == null || data.Length == 0)
            {
                throw new UnityException("No texture data provided to SetPixelData.");
            }
            int size = Bytes.SizeOf(data.GetType().GetElementType());
            int needed = Content.MipBytes(mip);
            if ((data.Length - first) * (long)size < needed)
            {
                throw new UnityException(
                    "SetPixelData: not enough data provided (will result in overread): "
                    + (data.Length - first) * (long)size + " bytes of " + needed);
            }
            Bytes.Copy(data, first, needed / size, Content.Cpu, at);
        }

        internal NativeArray<T> View<T>(int mip, int element)
            where T : struct
        {
            Mip("GetPixelData", mip, element);
            return AsBytes<T>(Content.View(element, mip));
        }

        internal static NativeArray<T> AsBytes<T>(NativeArray<byte> bytes)
            where T : struct
        {
            if (typeof(T) != typeof(byte))
            {
                throw new NotSupportedException(
                    "the engine's double shows pixels as bytes, not as " + typeof(T));
            }
            return (NativeArray<T>)(object)bytes;
        }
    }
}
