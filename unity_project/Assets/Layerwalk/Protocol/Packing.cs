using System;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// How the tiles of a layer are packed into pages: the arithmetic of `layerwalk/page.py`.
    /// Every size has to be at least 1.
    /// </summary>
    public static class Packing
    {
        const int FirstLightEdge = 4; // pixels

        /// <summary>How many levels a tile of this size has; the last one is 1 x 1.</summary>
        public static int LevelCount(long height, long width)
        {
            int levels = 1;
            for (long edge = Math.Max(height, width) - 1; edge > 0; edge >>= 1)
            {
                levels++;
            }
            return levels;
        }

        /// <summary>
        /// The coarsest level that still shows what a tile of this size is about: each of its
        /// edges has at least min(edge, max(4, edge / 4)) pixels.
        /// </summary>
        public static int FirstLightLevel(long height, long width)
        {
            int level = 2;
            while (!Shows(height, level) || !Shows(width, level))
            {
                level--;
            }
            return Math.Min(level, LevelCount(height, width) - 1);
        }

        /// <summary>The packing of tiles, whose full size is in `shape`, at `level`.</summary>
        public static PageLevel Level(TileShape shape, int level)
        {
            long tileHeight = Halved(shape.Height, level);
            long tileWidth = Halved(shape.Width, level);
            long edge = Math.Max(WireFormat.PageEdge, tileWidth);
            long columns = Math.Min(shape.Tiles, edge / tileWidth);
            long rows = CeilingOf(shape.Tiles, columns);
            long rowsPerPage = Math.Max(1, WireFormat.PageEdge / tileHeight);
            return new PageLevel(
                level, tileHeight, tileWidth, columns, columns * tileWidth, rowsPerPage,
                CeilingOf(rows, rowsPerPage));
        }

        /// <summary>Rows of pixels of the whole packed image of `level`.</summary>
        public static long ImageHeight(long tiles, PageLevel level)
        {
            return CeilingOf(tiles, level.Columns) * level.TileHeight;
        }

        /// <summary>An edge halved `level` times, rounded up.</summary>
        public static long Halved(long edge, int level)
        {
            return CeilingOf(edge, 1L << level);
        }

        internal static long CeilingOf(long numerator, long denominator)
        {
            return (numerator + denominator - 1) / denominator;
        }

        static bool Shows(long edge, int level)
        {
            return Halved(edge, level) >= Math.Min(edge, Math.Max(FirstLightEdge, edge / 4.0));
        }
    }
}
