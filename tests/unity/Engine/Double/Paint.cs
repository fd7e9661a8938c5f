using System;
using UnityEngine;
using UnityEngine.Experimental.Rendering;

namespace UnityDouble
{
    /// <summary>Pictures of cameras without a renderer.</summary>
    static class Paint
    {
        public static void Fill(Pixels target, byte[] painted, Color background)
        {
            int bytes = target.MipBytes(0);
            if (painted != null && painted.Length != bytes)
            {
                throw new ArgumentException(
                    "the painter made " + painted.Length + " bytes of " + bytes);
            }
            byte[] pixel = Pixel(target, background);
            for (int i = 0; i < bytes; i++)
            {
                target.Gpu[i] = painted != null ? painted[i] : pixel[i % pixel.Length];
            }
        }

        /// <summary>
        /// Colours of the background are in sRGB, and stored so only where the texture is.
        /// </summary>
        static byte[] Pixel(Pixels target, Color color)
        {
            Color32 stored = Formats.IsSrgb(target.Format) ? color : color.linear;
            byte[] rgba = { stored.r, stored.g, stored.b, stored.a };
            bool blueFirst = target.Format == GraphicsFormat.B8G8R8A8_SRGB
                || target.Format == GraphicsFormat.B8G8R8A8_UNorm;
            byte[] bgra = { stored.b, stored.g, stored.r, stored.a };
            byte[] all = blueFirst ? bgra : rgba;
            if (!Formats.OfBytes(target.Format))
            {
                return new byte[target.PixelSize];
            }
            Array.Resize(ref all, target.PixelSize);
            return all;
        }
    }
}
