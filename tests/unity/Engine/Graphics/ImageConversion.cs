using System;
using System.Linq;
using Unity.Collections;
using UnityDouble;
using UnityEngine.Experimental.Rendering;

namespace UnityEngine
{
    /// <summary>PNG. Any thread may encode arrays.</summary>
    public static class ImageConversion
    {
        public static byte[] EncodeToPNG(this Texture2D tex)
        {
            MainThread.Check("EncodeToPNG");
            Pixels pixels = tex.Readable("EncodeToPNG");
            byte[] top = new byte[pixels.MipBytes(0)];
            Array.Copy(pixels.Cpu, top, top.Length);
            return Png.Encode(top, pixels.PixelSize, pixels.Width, pixels.Height, 0);
        }

        public static byte[] EncodeArrayToPNG(
            Array array, GraphicsFormat format, uint width, uint height, uint rowBytes = 0)
        {
            if (array == null)
            {
                throw new ArgumentNullException("array");
            }
            int count = array.Length;
            byte[] bytes = new byte[count * Bytes.SizeOf(array.GetType().GetElementType())];
            Bytes.Copy(array, 0, count, bytes, 0);
            return Png.Encode(bytes, Formats.Size(format), (int)width, (int)height, (int)rowBytes);
        }

        public static NativeArray<byte> EncodeNativeArrayToPNG<T>(
            NativeArray<T> input, GraphicsFormat format, uint width, uint height, uint rowBytes = 0)
            where T : struct
        {
            byte[] made = EncodeArrayToPNG(input.ToArray(), format, width, height, rowBytes);
            return new NativeArray<byte>(made, Allocator.Persistent);
        }
    }
}
