using System;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityDouble
{
    /// <summary>
    /// Copies rectangles of textures; what does not fit is logged, and nothing is copied.
    /// </summary>
    static class Copy
    {
        public static void Region(
            Texture source, int sourceElement, int sourceMip, RectInt area,
            Texture target, int targetElement, int targetMip, int x, int y)
        {
            Pixels from = Made(source);
            Pixels to = Made(target);
            string wrong = Unsupported(source, target)
                ?? Wrong(from, sourceElement, sourceMip, area.x, area.y, area)
                ?? Wrong(to, targetElement, targetMip, x, y, area)
                ?? (
                    from.PixelSize != to.PixelSize
                        || Formats.Of(from.Format) != Formats.Of(to.Format)
                    ? "mismatching texture formats " + from.Format + " and " + to.Format : null);
            if (wrong != null)
            {
                Debug.LogError("Graphics.CopyTexture called with " + wrong);
                return;
            }
            int start = from.Start(sourceElement, sourceMip);
            int end = to.Start(targetElement, targetMip);
            int size = from.PixelSize;
            bool both = from.IsReadable && to.IsReadable && !(source is RenderTexture)
                && !(target is RenderTexture);
            for (int row = 0; row < area.height; row++)
            {
                int at = start + ((area.y + row) * from.MipWidth(sourceMip) + area.x) * size;
                int into = end + ((y + row) * to.MipWidth(targetMip) + x) * size;
                Buffer.BlockCopy(from.Gpu, at, to.Gpu, into, area.width * size);
                if (both)
                {
                    // Where scripts may read both, what they read is copied, too.
                    Buffer.BlockCopy(from.Cpu, at, to.Cpu, into, area.width * size);
                }
            }
        }

        /// <summary>
        /// As a shader does that samples the one and writes to the other, of the same size.
        /// </summary>
        public static void Draw(Texture source, RenderTexture target)
        {
            Pixels from = Made(source), to = Made(target);
            bool same = from.Format == to.Format && from.Width == to.Width
                && from.Height == to.Height && target.antiAliasing == 1;
            bool darker = same && Formats.IsSrgb(to.Format) && !GL.sRGBWrite;
            if (!same || darker)
            {
                Debug.LogError(darker
                    ? "Blit into '" + target.name + "' without GL.sRGBWrite: it is too dark"
                    : "the engine's double draws no texture into one of another format or size");
                return;
            }
            Array.Copy(from.Gpu, to.Gpu, Math.Min(from.Gpu.Length, to.Gpu.Length));
        }

        static string Unsupported(Texture source, Texture target)
        {
            var needed = CopyTextureSupport.Basic;
            bool from = source is RenderTexture, to = target is RenderTexture;
            needed |= from && !to ? CopyTextureSupport.RTToTexture : 0;
            needed |= to && !from ? CopyTextureSupport.TextureToRT : 0;
            needed |= source.dimension != target.dimension ? CopyTextureSupport.DifferentTypes : 0;
            if (Samples(source) != Samples(target))
            {
                return "mismatching samples " + Samples(source) + " and " + Samples(target);
            }
            return (Machine.CopySupport & needed) == needed
                ? null : "what this device cannot: " + (needed & ~Machine.CopySupport);
        }

        static int Samples(Texture texture)
        {
            RenderTexture target = texture as RenderTexture;
            return target == null ? 1 : target.antiAliasing;
        }

        public static Pixels Made(Texture texture)
        {
            if (texture == null)
            {
                throw new ArgumentNullException("texture");
            }
            RenderTexture target = texture as RenderTexture;
            if (target != null)
            {
                target.Create();
            }
            return texture.Has("CopyTexture");
        }

        static string Wrong(Pixels pixels, int element, int mip, int x, int y, RectInt area)
        {
            if (element < 0 || element >= pixels.Depth)
            {
                return "invalid element " + element + " of " + pixels.Depth;
            }
            if (mip < 0 || mip >= pixels.Mips)
            {
                return "invalid mip level " + mip + " of " + pixels.Mips;
            }
            bool fits = x >= 0 && y >= 0 && area.width > 0 && area.height > 0
                && x + area.width <= pixels.MipWidth(mip)
                && y + area.height <= pixels.MipHeight(mip);
            return fits
                ? null
                : "region " + x + ", " + y + ", " + area.width + " x " + area.height
                    + " out of bounds";
        }
    }
}
