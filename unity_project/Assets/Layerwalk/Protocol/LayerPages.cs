using System;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// What a Pages message brings, checked to be what it says: whoever uploads it may rely on
    /// every size. All of it are views of what came.
    /// </summary>
    public sealed class LayerPages
    {
        const long MostPixels = int.MaxValue; // along an edge; keeps the products below in range
        const int MostLevels = 32;

        public readonly Pages Message;
        public readonly TileShape Shape;

        readonly ArraySegment<byte>[] _payloads;

        LayerPages(Pages message, TileShape shape, ArraySegment<byte>[] payloads)
        {
            Message = message;
            Shape = shape;
            _payloads = payloads;
        }

        /// <summary>Offset and scale of each tile: float32 (tiles, 2).</summary>
        public ArraySegment<byte> Ranges
        {
            get { return _payloads[0]; }
        }

        /// <summary>Checks a Pages message that was received.</summary>
        public static LayerPages Of(Decoded decoded)
        {
            var message = decoded.Message as Pages;
            if (message == null)
            {
                throw new ArgumentException("this is no Pages message", "decoded");
            }
            TileShape shape = TileShape.Of(message.Axes);
            if (!InRange(shape.Tiles) || !InRange(shape.Height) || !InRange(shape.Width))
            {
                throw new ProtocolException("Pages.axes", "have a size outside 1 to " + MostPixels);
            }
            Demand(message.Tiles == shape.Tiles, "Pages.tiles", "is not the size of its axis");
            bool one = message.Buffers.Length == 1 + message.Levels.Length;
            Demand(one, "Pages.buffers", "are not ranges and one image of every level");
            CheckBuffer(message.Buffers[0], BufferDtype.Float32, shape.Tiles, 2);
            for (int i = 0; i < message.Levels.Length; i++)
            {
                PageLevel level = message.Levels[i];
                Check(level, shape);
                long height = Packing.ImageHeight(shape.Tiles, level);
                CheckBuffer(message.Buffers[1 + i], BufferDtype.Uint8, height, level.Width);
            }
            return new LayerPages(message, shape, decoded.Payloads);
        }

        /// <summary>Code c in 0 .. 252 of `tile` is the value offset + scale * c.</summary>
        public void Range(long tile, out float offset, out float scale)
        {
            int at = Ranges.Offset + checked((int)(8 * tile));
            offset = BitConverter.ToSingle(Ranges.Array, at);
            scale = BitConverter.ToSingle(Ranges.Array, at + 4);
        }

        /// <summary>
        /// The codes of all pixels of the `index`-th level that came: its packed image, row by row.
        /// </summary>
        public ArraySegment<byte> Image(int index)
        {
            return _payloads[1 + index];
        }

        /// <summary>
        /// One page of the `index`-th level that came; only the last one may be shorter.
        /// </summary>
        public ArraySegment<byte> Page(int index, int page)
        {
            PageLevel level = Message.Levels[index];
            if (page < 0 || page >= level.Pages)
            {
                throw new ArgumentOutOfRangeException("page");
            }
            ArraySegment<byte> image = Image(index);
            long bytes = Math.Min(image.Count, level.RowsPerPage * level.TileHeight * level.Width);
            int begin = (int)(page * bytes);
            int count = (int)Math.Min(bytes, image.Count - begin);
            return new ArraySegment<byte>(image.Array, image.Offset + begin, count);
        }

        static void Check(PageLevel level, TileShape shape)
        {
            Demand(level.Level >= 0 && level.Level < MostLevels, "is outside 0 to 31");
            int halvings = (int)level.Level;
            bool high = level.TileHeight == Packing.Halved(shape.Height, halvings);
            bool wide = level.TileWidth == Packing.Halved(shape.Width, halvings);
            Demand(high && wide, "has tiles of another size than the axes");
            bool columns = level.Columns >= 1 && level.Columns <= shape.Tiles;
            Demand(columns, "has a number of columns outside 1 to that of tiles");
            bool whole = level.Width == level.Columns * level.TileWidth;
            Demand(whole, "has another width than its columns");
            bool sizes = InRange(level.Width) && InRange(level.RowsPerPage);
            Demand(sizes, "has a size that no texture has");
            long rows = Packing.CeilingOf(shape.Tiles, level.Columns);
            bool pages = level.Pages == Packing.CeilingOf(rows, level.RowsPerPage);
            Demand(pages, "has another number of pages than its rows");
            // Whoever uploads pages relies on it that one fits a slice of the texture.
            PageLevel usual = Packing.Level(shape, halvings);
            bool packed = level.Columns == usual.Columns && level.RowsPerPage == usual.RowsPerPage;
            Demand(packed, "is packed otherwise than pages are");
        }

        static void CheckBuffer(BufferInfo buffer, BufferDtype dtype, long rows, long columns)
        {
            long[] shape = buffer.Shape;
            bool flat = buffer.Dtype == dtype && shape.Length == 2;
            if (!flat || shape[0] != rows || shape[1] != columns)
            {
                string what = dtype + " (" + rows + ", " + columns + ")";
                throw new ProtocolException("Pages.buffers", "have one that is not " + what);
            }
        }

        static bool InRange(long size)
        {
            return size >= 1 && size <= MostPixels;
        }

        static void Demand(bool holds, string fact)
        {
            Demand(holds, "Pages.levels", fact);
        }

        static void Demand(bool holds, string thing, string fact)
        {
            if (!holds)
            {
                throw new ProtocolException(thing, fact);
            }
        }
    }
}
