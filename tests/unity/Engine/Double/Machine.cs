using UnityEngine;

namespace UnityDouble
{
    /// <summary>The computer and the graphics card that the engine says it runs on.</summary>
    public static class Machine
    {
        public static RuntimePlatform Platform { get; set; }

        public static int ScreenWidth { get; set; }

        public static int ScreenHeight { get; set; }

        public static int MaxTextureArraySlices { get; set; }

        public static int MaxTextureSize { get; set; }

        public static long MaxGraphicsBufferSize { get; set; }

        /// <summary>Of its own, in MiB.</summary>
        public static int GraphicsMemorySize { get; set; }

        /// <summary>Samples a pixel.</summary>
        public static int MaxSamples { get; set; }

        /// <summary>Bytes of the largest render texture there is room for.</summary>
        public static long LargestTarget { get; set; }

        public static bool SupportsComputeShaders { get; set; }

        public static bool SupportsInstancing { get; set; }

        public static bool SupportsAsyncReadback { get; set; }

        public static bool UvStartsAtTop { get; set; }

        /// <summary>Whether it runs without a window.</summary>
        public static bool IsBatchMode { get; set; }

        public static UnityEngine.Rendering.GraphicsDeviceType Graphics { get; set; }

        public static UnityEngine.Rendering.CopyTextureSupport CopySupport { get; set; }

        /// <summary>A desktop with Vulkan.</summary>
        internal static void Clear()
        {
            Platform = RuntimePlatform.LinuxPlayer;
            ScreenWidth = 1280;
            ScreenHeight = 720;
            MaxTextureArraySlices = 2048;
            MaxTextureSize = 16384;
            MaxGraphicsBufferSize = 1L << 31;
            GraphicsMemorySize = 8192;
            MaxSamples = 8;
            LargestTarget = 1L << 31;
            SupportsComputeShaders = true;
            SupportsInstancing = true;
            SupportsAsyncReadback = true;
            UvStartsAtTop = true;
            IsBatchMode = false;
            Graphics = UnityEngine.Rendering.GraphicsDeviceType.Vulkan;
            CopySupport = (UnityEngine.Rendering.CopyTextureSupport)31;
        }
    }
}
