using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>How much of slices of 1024 x 1024 levels take; a code is a byte.</summary>
    public static class AtlasSpace
    {
        public const int Edge = WireFormat.PageEdge;

        public const long SliceBytes = (long)WireFormat.PageEdge * WireFormat.PageEdge;

        /// <summary>Whether a tile at this level fits into a slice.</summary>
        public static bool Fits(TileShape shape, int level)
        {
            long edge = Math.Max(shape.Height, shape.Width);
            return Packing.Halved(edge, level) <= WireFormat.PageEdge;
        }

        /// <summary>
        /// Rows that the image of a level needs in slices: whole pages, the last as high as it is.
        /// </summary>
        public static long Height(long tiles, PageLevel level)
        {
            long rows = Packing.ImageHeight(tiles, level);
            long pageRows = level.RowsPerPage * level.TileHeight;
            long before = Math.Max(0, level.Pages - 1);
            return before * WireFormat.PageEdge + rows - before * pageRows;
        }

        /// <summary>
        /// Bytes of slices that a level takes: an image wider than half a slice is hardly ever
        /// beside another, nor is one that is higher too below another.
        /// </summary>
        public static long Bytes(long tiles, PageLevel level)
        {
            const int edge = WireFormat.PageEdge;
            long height = Height(tiles, level);
            if (height > edge)
            {
                return height * edge;
            }
            if (level.Width <= edge / 2)
            {
                return height * level.Width;
            }
            return (height > edge / 2 ? edge : height) * edge;
        }
    }
}
