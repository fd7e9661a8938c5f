using System.Collections.Generic;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    /// <summary>Pixels from one texture to another.</summary>
    public partial class Graphics
    {
        public static void CopyTexture(Texture src, Texture dst)
        {
            for (int element = 0; element < Copy.Made(src).Depth; element++)
            {
                CopyTexture(src, element, dst, element);
            }
        }

        public static void CopyTexture(Texture src, int srcElement, Texture dst, int dstElement)
        {
            for (int mip = 0; mip < src.mipmapCount; mip++)
            {
                CopyTexture(src, srcElement, mip, dst, dstElement, mip);
            }
        }

        public static void CopyTexture(
            Texture src, int srcElement, int srcMip, Texture dst, int dstElement, int dstMip)
        {
            Pixels from = Copy.Made(src);
            Pixels to = Copy.Made(dst);
            RectInt area = new RectInt(0, 0, from.MipWidth(srcMip), from.MipHeight(srcMip));
            if (area.width != to.MipWidth(dstMip) || area.height != to.MipHeight(dstMip))
            {
                Debug.LogError("Graphics.CopyTexture called with mismatching texture sizes");
                return;
            }
            Copy.Region(src, srcElement, srcMip, area, dst, dstElement, dstMip, 0, 0);
        }

        public static void CopyTexture(
            Texture src, int srcElement, int srcMip, int srcX, int srcY, int srcWidth,
            int srcHeight, Texture dst, int dstElement, int dstMip, int dstX, int dstY)
        {
            Copy.Region(
                src, srcElement, srcMip, new RectInt(srcX, srcY, srcWidth, srcHeight),
                dst, dstElement, dstMip, dstX, dstY);
        }

        public static void Blit(Texture source, RenderTexture dest)
        {
            Blit(source, dest, null, -1);
        }

        public static void Blit(Texture source, RenderTexture dest, Material mat)
        {
            Blit(source, dest, mat, -1);
        }

        /// <summary>Without a material it copies, where size and format are the same.</summary>
        public static void Blit(Texture source, RenderTexture dest, Material mat, int pass)
        {
            MainThread.Check("Blit");
            Player.Blits.Add(new KeyValuePair<Texture, RenderTexture>(source, dest));
            if (dest != null)
            {
                dest.Create();
                if (mat == null && source != null)
                {
                    Copy.Draw(source, dest);
                }
                RenderTexture.active = dest;
            }
        }
    }
}
