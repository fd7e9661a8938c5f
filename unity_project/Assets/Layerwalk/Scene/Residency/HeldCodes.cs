using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Codes and ranges of one layer as they arrived, copied, so that messages can be given back
    /// at once. Memory of a former run is used again where the sizes are the same.
    /// </summary>
    public sealed class HeldCodes
    {
        const int Levels = 32; // that a message may have

        readonly PageLevel[] _packings = new PageLevel[Levels]; // null: not of this generation
        readonly byte[][] _pixels = new byte[Levels][];

        int _measured = Levels; // the level whose scale is known

        public TileShape Shape { get; private set; }

        /// <summary>Offset and scale of each tile, float32.</summary>
        public byte[] Ranges { get; private set; }

        /// <summary>Run and revision that it is of, counted; 0 for none.</summary>
        public int Generation { get; private set; }

        /// <summary>Bytes of pages and ranges, also of those that wait to be used again.</summary>
        public long Bytes { get; private set; }

        /// <summary>Nothing of the current generation is here.</summary>
        public bool IsEmpty
        {
            get { return Finest < 0; }
        }

        /// <summary>The finest level that is here, -1 for none.</summary>
        public int Finest
        {
            get { return Array.FindIndex(_packings, packing => packing != null); }
        }

        /// <summary>The coarsest level that is here and can be shown, -1 for none.</summary>
        public int Coarsest
        {
            get
            {
                return Array.FindLastIndex(_packings, Want.MostLevels - 1,
                    packing => packing != null);
            }
        }

        /// <summary>How a level is packed; null for one that is not here.</summary>
        public PageLevel Packing(int level)
        {
            return _packings[level];
        }

        /// <summary>What the colours span, of the finest level that ever was here.</summary>
        public DisplayScale Scale { get; private set; }

        /// <summary>That level has codes that are no values: infinite or not a number.</summary>
        public bool HasSpecials { get; private set; }

        /// <summary>The value of a code in 0 .. 252 of a tile.</summary>
        public double Value(long tile, byte code)
        {
            int at = checked((int)(8 * tile));
            double offset = BitConverter.ToSingle(Ranges, at);
            return offset + (double)BitConverter.ToSingle(Ranges, at + 4) * code;
        }

        internal byte[] Pixels(int level)
        {
            return _pixels[level];
        }

        public bool Has(int level)
        {
            return _packings[level] != null;
        }

        /// <summary>One page of a level that is here.</summary>
        public ArraySegment<byte> Page(int level, int page)
        {
            PageLevel packing = _packings[level];
            long bytes = packing.RowsPerPage * packing.TileHeight * packing.Width;
            long begin = page * bytes;
            int count = (int)Math.Min(bytes, _pixels[level].Length - begin);
            return new ArraySegment<byte>(_pixels[level], (int)begin, count);
        }

        /// <summary>
        /// Whether something is here that does not go together with what came: of another
        /// generation, or of tiles of other sizes.
        /// </summary>
        internal bool IsOther(LayerPages pages, int generation)
        {
            return generation != Generation || !Shape.Equals(pages.Shape);
        }

        /// <summary>Copies what came; if what is here is other, it begins anew.</summary>
        internal void Receive(LayerPages pages, int generation, ScaleMeter meter)
        {
            if (IsOther(pages, generation))
            {
                Array.Clear(_packings, 0, Levels);
                _measured = Levels;
                Generation = generation;
                Shape = pages.Shape;
            }
            Ranges = Copied(pages.Ranges, Ranges);
            PageLevel[] levels = pages.Message.Levels;
            for (int i = 0; i < levels.Length; i++)
            {
                int level = (int)levels[i].Level;
                _pixels[level] = Copied(pages.Image(i), _pixels[level]);
                _packings[level] = levels[i];
            }
            int finest = Finest;
            if (finest >= 0 && finest < _measured)
            {
                _measured = finest;
                HasSpecials = meter.HasSpecials(_pixels[finest]);
                Scale = meter.Measure(this);
            }
        }

        /// <summary>Lets go of levels finer than `finest`, but for the coarsest.</summary>
        internal void Drop(int finest)
        {
            int last = Array.FindLastIndex(_packings, packing => packing != null);
            for (int level = 0; level < Levels && level < finest && level != last; level++)
            {
                _packings[level] = null;
                Free(level);
            }
        }

        /// <summary>Lets go of memory that waits to be used again; how much that was.</summary>
        internal long FreeSpares()
        {
            long before = Bytes;
            for (int level = 0; level < Levels; level++)
            {
                if (_packings[level] == null)
                {
                    Free(level);
                }
            }
            return before - Bytes;
        }

        /// <summary>Forgets everything, but keeps its memory for the next run.</summary>
        internal void Clear()
        {
            Array.Clear(_packings, 0, Levels);
            Generation = 0;
        }

        void Free(int level)
        {
            Bytes -= _pixels[level] == null ? 0 : _pixels[level].Length;
            _pixels[level] = null;
        }

        byte[] Copied(ArraySegment<byte> from, byte[] into)
        {
            if (into == null || into.Length != from.Count)
            {
                Bytes += from.Count - (into == null ? 0 : into.Length);
                into = new byte[from.Count];
            }
            Buffer.BlockCopy(from.Array, from.Offset, into, 0, from.Count);
            return into;
        }
    }
}
