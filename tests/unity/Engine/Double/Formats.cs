using System;
using System.Linq;
using UnityEngine;
using UnityEngine.Experimental.Rendering;

namespace UnityDouble
{
    /// <summary>Which formats are the same, and how many bytes a pixel has.</summary>
    static class Formats
    {
        sealed class Row
        {
            public readonly TextureFormat Texture;
            public readonly GraphicsFormat Linear;
            public readonly GraphicsFormat Srgb;
            public readonly int Size;

            public Row(TextureFormat texture, GraphicsFormat linear, GraphicsFormat srgb, int size)
            {
                Texture = texture;
                Linear = linear;
                Srgb = srgb;
                Size = size;
            }
        }

        static readonly Row[] Rows =
        {
            new Row(TextureFormat.R8, GraphicsFormat.R8_UNorm, GraphicsFormat.R8_SRGB, 1),
            new Row(TextureFormat.Alpha8, GraphicsFormat.R8_UNorm, GraphicsFormat.R8_UNorm, 1),
            new Row(TextureFormat.RG16, GraphicsFormat.R8G8_UNorm, GraphicsFormat.R8G8_SRGB, 2),
            new Row(
                TextureFormat.RGB24, GraphicsFormat.R8G8B8_UNorm, GraphicsFormat.R8G8B8_SRGB, 3),
            new Row(
                TextureFormat.RGBA32, GraphicsFormat.R8G8B8A8_UNorm, GraphicsFormat.R8G8B8A8_SRGB,
                4),
            new Row(
                TextureFormat.BGRA32, GraphicsFormat.B8G8R8A8_UNorm, GraphicsFormat.B8G8R8A8_SRGB,
                4),
            new Row(TextureFormat.R16, GraphicsFormat.R16_UNorm, GraphicsFormat.R16_UNorm, 2),
            new Row(TextureFormat.RHalf, GraphicsFormat.R16_SFloat, GraphicsFormat.R16_SFloat, 2),
            new Row(
                TextureFormat.RGHalf, GraphicsFormat.R16G16_SFloat, GraphicsFormat.R16G16_SFloat,
                4),
            new Row(
                TextureFormat.RGBAHalf, GraphicsFormat.R16G16B16A16_SFloat,
                GraphicsFormat.R16G16B16A16_SFloat, 8),
            new Row(TextureFormat.RFloat, GraphicsFormat.R32_SFloat, GraphicsFormat.R32_SFloat, 4),
            new Row(
                TextureFormat.RGFloat, GraphicsFormat.R32G32_SFloat, GraphicsFormat.R32G32_SFloat,
                8),
            new Row(
                TextureFormat.RGBAFloat, GraphicsFormat.R32G32B32A32_SFloat,
                GraphicsFormat.R32G32B32A32_SFloat, 16),
        };

        public static GraphicsFormat Of(TextureFormat format, bool linear)
        {
            Row row = Find(r => r.Texture == format, format);
            return linear ? row.Linear : row.Srgb;
        }

        public static TextureFormat Of(GraphicsFormat format)
        {
            return Find(r => r.Linear == format || r.Srgb == format, format).Texture;
        }

        public static int Size(GraphicsFormat format)
        {
            return Find(r => r.Linear == format || r.Srgb == format, format).Size;
        }

        public static bool Known(GraphicsFormat format)
        {
            return Rows.Any(r => r.Linear == format || r.Srgb == format);
        }

        public static bool IsSrgb(GraphicsFormat format)
        {
            return Rows.Any(r => r.Srgb == format && r.Linear != format);
        }

        /// <summary>Whether every channel is a byte.</summary>
        public static bool OfBytes(GraphicsFormat format)
        {
            return format <= GraphicsFormat.R8G8B8A8_UNorm
                || format == GraphicsFormat.B8G8R8A8_UNorm
                || format == GraphicsFormat.B8G8R8A8_SRGB;
        }

        public static GraphicsFormat Of(RenderTextureFormat format, RenderTextureReadWrite space)
        {
            bool srgb =
                space == RenderTextureReadWrite.sRGB || space == RenderTextureReadWrite.Default;
            GraphicsFormat bytes =
                srgb ? GraphicsFormat.R8G8B8A8_SRGB : GraphicsFormat.R8G8B8A8_UNorm;
            GraphicsFormat blue =
                srgb ? GraphicsFormat.B8G8R8A8_SRGB : GraphicsFormat.B8G8R8A8_UNorm;
            return format == RenderTextureFormat.ARGB32 || format == RenderTextureFormat.Default
                ? bytes
                : format == RenderTextureFormat.BGRA32 ? blue
                : format == RenderTextureFormat.R8 ? GraphicsFormat.R8_UNorm
                : format == RenderTextureFormat.RHalf ? GraphicsFormat.R16_SFloat
                : format == RenderTextureFormat.RFloat ? GraphicsFormat.R32_SFloat
                : format == RenderTextureFormat.ARGBFloat ? GraphicsFormat.R32G32B32A32_SFloat
                : format == RenderTextureFormat.Depth ? GraphicsFormat.None
                : GraphicsFormat.R16G16B16A16_SFloat;
        }

        static Row Find(Predicate<Row> fits, object format)
        {
            Row row = Array.Find(Rows, fits);
            if (row == null)
            {
                throw new NotSupportedException(
                    "the engine's double does not know the format " + format);
            }
            return row;
        }
    }
}
