using UnityDouble;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial struct RenderTextureDescriptor
    {
        public RenderTextureDescriptor(int width, int height)
            : this(width, height, RenderTextureFormat.Default, 0)
        {
        }

        public RenderTextureDescriptor(int width, int height, RenderTextureFormat colorFormat)
            : this(width, height, colorFormat, 0)
        {
        }

        public RenderTextureDescriptor(
            int width, int height, RenderTextureFormat colorFormat, int depthBufferBits)
            : this(
                width, height, Formats.Of(colorFormat, RenderTextureReadWrite.Default),
                depthBufferBits)
        {
        }

        public RenderTextureDescriptor(
            int width, int height, GraphicsFormat colorFormat, int depthBufferBits)
            : this(width, height, colorFormat, Depth(depthBufferBits))
        {
        }

        public RenderTextureDescriptor(
            int width, int height, GraphicsFormat colorFormat, GraphicsFormat depthStencilFormat)
            : this()
        {
            this.width = width;
            this.height = height;
            this.depthStencilFormat = depthStencilFormat;
            graphicsFormat = colorFormat;
            msaaSamples = 1;
            volumeDepth = 1;
            mipCount = -1;
            dimension = TextureDimension.Tex2D;
            autoGenerateMips = true;
        }

        public int width { get; set; }

        public int height { get; set; }

        public int msaaSamples { get; set; }

        public int volumeDepth { get; set; }

        public int mipCount { get; set; }

        public GraphicsFormat graphicsFormat { get; set; }

        public GraphicsFormat depthStencilFormat { get; set; }

        public TextureDimension dimension { get; set; }

        public VRTextureUsage vrUsage { get; set; }

        public bool useMipMap { get; set; }

        public bool autoGenerateMips { get; set; }

        public bool enableRandomWrite { get; set; }

        public bool sRGB
        {
            get { return Formats.IsSrgb(graphicsFormat); }
            set { graphicsFormat = Formats.Of(Formats.Of(graphicsFormat), !value); }
        }

        public int depthBufferBits
        {
            get
            {
                return depthStencilFormat == GraphicsFormat.None
                    ? 0
                    : depthStencilFormat == GraphicsFormat.D16_UNorm
                    ? 16
                    : 32;
            }
            set { depthStencilFormat = Depth(value); }
        }

        internal static GraphicsFormat Depth(int bits)
        {
            return bits <= 0 ? GraphicsFormat.None : bits <= 16 ? GraphicsFormat.D16_UNorm
                : bits <= 24 ? GraphicsFormat.D24_UNorm_S8_UInt : GraphicsFormat.D32_SFloat_S8_UInt;
        }
    }
}
