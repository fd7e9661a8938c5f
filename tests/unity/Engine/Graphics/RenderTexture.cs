using System;
using System.Collections.Generic;
using UnityDouble;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial class RenderTexture : Texture
    {
        static readonly List<RenderTexture> Temporary = new List<RenderTexture>();
        RenderTextureDescriptor _descriptor;
        static RenderTexture _active;

        public RenderTexture(RenderTextureDescriptor desc)
        {
            if (desc.width < 1 || desc.height < 1)
            {
                throw new ArgumentException(
                    "RenderTextureDesc width and height must be greater than zero.", "desc");
            }
            if (Array.IndexOf(new[] { 1, 2, 4, 8 }, desc.msaaSamples) < 0)
            {
                throw new ArgumentException(
                    "RenderTextureDesc msaaSamples must be 1, 2, 4, or 8.", "desc.msaaSamples");
            }
            Born();
            _descriptor = desc;
        }

        public RenderTexture(int width, int height, int depth)
            : this(width, height, depth, RenderTextureFormat.Default)
        {
        }

        public RenderTexture(int width, int height, int depth, RenderTextureFormat format)
            : this(new RenderTextureDescriptor(width, height, format, depth))
        {
        }

        public RenderTexture(
            int width, int height, int depth, RenderTextureFormat format,
            RenderTextureReadWrite readWrite)
            : this(width, height, depth, Formats.Of(format, readWrite))
        {
        }

        public RenderTexture(int width, int height, int depth, GraphicsFormat format)
            : this(new RenderTextureDescriptor(width, height, format, depth))
        {
        }

        public RenderTexture(
            int width, int height, GraphicsFormat colorFormat, GraphicsFormat depthStencilFormat)
            : this(new RenderTextureDescriptor(width, height, colorFormat, depthStencilFormat))
        {
        }

        public static RenderTexture active
        {
            get { return MainThread.Read(_active); }
            set { MainThread.Write(ref _active, value); }
        }

        public RenderTextureDescriptor descriptor
        {
            get
            {
                Native("get_descriptor");
                return _descriptor;
            }
        }

        public override int width
        {
            get { return descriptor.width; }
            set { _descriptor.width = Before(value); }
        }

        public override int height
        {
            get { return descriptor.height; }
            set { _descriptor.height = Before(value); }
        }

        public override TextureDimension dimension
        {
            get { return descriptor.dimension; }
            set { _descriptor.dimension = value; }
        }

        public new GraphicsFormat graphicsFormat
        {
            get { return descriptor.graphicsFormat; }
            set { _descriptor.graphicsFormat = value; }
        }

        internal override GraphicsFormat Exact
        {
            get { return _descriptor.graphicsFormat; }
        }

        public GraphicsFormat depthStencilFormat
        {
            get { return descriptor.depthStencilFormat; }
            set { _descriptor.depthStencilFormat = value; }
        }

        public int volumeDepth
        {
            get { return descriptor.volumeDepth; }
            set { _descriptor.volumeDepth = Before(value); }
        }

        public int antiAliasing
        {
            get { return descriptor.msaaSamples; }
            set { _descriptor.msaaSamples = Before(value); }
        }

        public bool useMipMap
        {
            get { return descriptor.useMipMap; }
            set { _descriptor.useMipMap = value; }
        }

        public bool autoGenerateMips
        {
            get { return descriptor.autoGenerateMips; }
            set { _descriptor.autoGenerateMips = value; }
        }

        public bool sRGB
        {
            get { return descriptor.sRGB; }
        }

        public override bool isReadable
        {
            get { return false; }
        }

        public static RenderTexture GetTemporary(RenderTextureDescriptor desc)
        {
            RenderTexture made = new RenderTexture(desc);
            Temporary.Add(made);
            return made;
        }

        public static RenderTexture GetTemporary(
            int width, int height, int depthBuffer, RenderTextureFormat format)
        {
            return GetTemporary(new RenderTextureDescriptor(width, height, format, depthBuffer));
        }

        public static void ReleaseTemporary(RenderTexture temp)
        {
            MainThread.Check("ReleaseTemporary");
            if (temp != null && Temporary.Remove(temp))
            {
                temp.Die();
            }
        }

        public bool Create()
        {
            Native("Create");
            if (Content == null && Bytes > Machine.LargestTarget)
            {
                Debug.LogError("RenderTexture.Create failed: no room for " + Bytes + " bytes");
                return false;
            }
            if (Content == null)
            {
                int mips = _descriptor.useMipMap ? -1 : 1;
                GraphicsFormat color = _descriptor.graphicsFormat;
                color = Formats.Known(color) ? color : GraphicsFormat.R32_SFloat;
                Content = new Pixels(
                    _descriptor.width, _descriptor.height, _descriptor.volumeDepth, mips, color);
            }
            return true;
        }

        // Of colours, one sample a pixel.
        long Bytes
        {
            get
            {
                GraphicsFormat color = _descriptor.graphicsFormat;
                int pixel = Formats.Known(color) ? Formats.Size(color) : 4;
                return (long)_descriptor.width * _descriptor.height * _descriptor.volumeDepth
                    * pixel;
            }
        }

        public void Release()
        {
            Native("Release");
            Content = null;
        }

        public bool IsCreated()
        {
            Native("IsCreated");
            return Content != null;
        }

        public void DiscardContents()
        {
            Native("DiscardContents");
        }

        int Before(int value)
        {
            if (IsCreated())
            {
                throw new UnityException(
                    "a render texture that was created already cannot change its size");
            }
            return value;
        }
    }
}
