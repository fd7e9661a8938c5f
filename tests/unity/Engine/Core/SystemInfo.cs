using System;
using UnityDouble;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public sealed partial class SystemInfo
    {
        public const string unsupportedIdentifier = "n/a";

        public static int maxTextureArraySlices
        {
            get { return Machine.MaxTextureArraySlices; }
        }

        public static int maxTextureSize
        {
            get { return Machine.MaxTextureSize; }
        }

        public static long maxGraphicsBufferSize
        {
            get { return Machine.MaxGraphicsBufferSize; }
        }

        public static bool supportsComputeShaders
        {
            get { return Machine.SupportsComputeShaders; }
        }

        public static bool supportsInstancing
        {
            get { return Machine.SupportsInstancing; }
        }

        public static bool supportsAsyncGPUReadback
        {
            get { return Machine.SupportsAsyncReadback; }
        }

        public static bool supports2DArrayTextures
        {
            get { return Machine.MaxTextureArraySlices > 0; }
        }

        public static CopyTextureSupport copyTextureSupport
        {
            get { return Machine.CopySupport; }
        }

        public static bool graphicsUVStartsAtTop
        {
            get { return Machine.UvStartsAtTop; }
        }

        public static bool usesReversedZBuffer
        {
            get { return Machine.UvStartsAtTop; }
        }

        public static GraphicsDeviceType graphicsDeviceType
        {
            get { return Machine.Graphics; }
        }

        public static string graphicsDeviceName
        {
            get { return "double"; }
        }

        public static string graphicsDeviceVersion
        {
            get { return Machine.Graphics + " double"; }
        }

        public static int graphicsMemorySize
        {
            get { return Machine.GraphicsMemorySize; }
        }

        public static int systemMemorySize
        {
            get { return 16384; }
        }

        public static int processorCount
        {
            get { return Environment.ProcessorCount; }
        }

        public static string operatingSystem
        {
            get { return Environment.OSVersion.ToString(); }
        }

        public static string deviceModel
        {
            get { return "double"; }
        }

        public static string deviceName
        {
            get { return "double"; }
        }

        public static int GetRenderTextureSupportedMSAASampleCount(RenderTextureDescriptor desc)
        {
            return Math.Min(desc.msaaSamples, Machine.MaxSamples);
        }

        public static bool SupportsTextureFormat(TextureFormat format)
        {
            return Enum.IsDefined(typeof(TextureFormat), format);
        }

        public static bool IsFormatSupported(GraphicsFormat format, GraphicsFormatUsage usage)
        {
            return Formats.Known(format);
        }
    }
}
