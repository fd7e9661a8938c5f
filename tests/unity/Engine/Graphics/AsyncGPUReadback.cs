using System;
using UnityDouble;
using UnityEngine.Experimental.Rendering;

namespace UnityEngine.Rendering
{
    public static class AsyncGPUReadback
    {
        public static void WaitAllRequests()
        {
            MainThread.Check("WaitAllRequests");
            Readbacks.FinishAll();
        }

        public static AsyncGPUReadbackRequest Request(
            GraphicsBuffer src, Action<AsyncGPUReadbackRequest> callback = null)
        {
            MainThread.Check("Request");
            byte[] bytes = src.Show();
            Readback made =
                new Readback(Readbacks.Fail ? null : bytes, bytes.Length, 1, 1, callback);
            return new AsyncGPUReadbackRequest { Of = made };
        }

        public static AsyncGPUReadbackRequest Request(
            Texture src, int mipIndex = 0, Action<AsyncGPUReadbackRequest> callback = null)
        {
            return Request(src, mipIndex, src.graphicsFormat, callback);
        }

        public static AsyncGPUReadbackRequest Request(
            Texture src, int mipIndex, TextureFormat dstFormat,
            Action<AsyncGPUReadbackRequest> callback = null)
        {
            // In a project with linear colours it is the variant in sRGB, if there is one.
            return Request(src, mipIndex, Formats.Of(dstFormat, false), callback);
        }

        public static AsyncGPUReadbackRequest Request(
            Texture src, int mipIndex, GraphicsFormat dstFormat,
            Action<AsyncGPUReadbackRequest> callback = null)
        {
            MainThread.Check("Request");
            Pixels pixels = src.Has("Request");
            if (pixels == null)
            {
                Debug.LogError("AsyncGPUReadback of '" + src.name + "', which was not created");
                return new AsyncGPUReadbackRequest { Of = new Readback(null, 0, 0, 1, callback) };
            }
            RenderTexture target = src as RenderTexture;
            if (target != null && target.antiAliasing > 1)
            {
                throw new NotSupportedException(
                    "the engine's double reads nothing back with " + target.antiAliasing
                        + " samples a pixel");
            }
            if (mipIndex < 0 || mipIndex >= pixels.Mips)
            {
                throw new ArgumentException(
                    "mipIndex " + mipIndex + " is not within 0 and " + (pixels.Mips - 1));
            }
            if (dstFormat != pixels.Format)
            {
                throw new NotSupportedException(
                    "the engine's double reads " + pixels.Format + " back as it is, not as "
                        + dstFormat);
            }
            int size = pixels.MipBytes(mipIndex);
            byte[] bytes = new byte[size * pixels.Depth];
            for (int element = 0; element < pixels.Depth; element++)
            {
                int start = pixels.Start(element, mipIndex);
                Buffer.BlockCopy(pixels.Gpu, start, bytes, element * size, size);
            }
            Readback made = new Readback(
                Readbacks.Fail ? null : bytes, pixels.MipWidth(mipIndex),
                pixels.MipHeight(mipIndex), pixels.Depth, callback);
            return new AsyncGPUReadbackRequest { Of = made };
        }
    }
}
