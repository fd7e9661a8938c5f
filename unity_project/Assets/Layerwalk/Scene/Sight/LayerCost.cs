using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>What levels of a layer cost.</summary>
    public readonly struct LayerCost
    {
        /// <summary>As the bridge counts what it sends.</summary>
        public readonly long Bytes;

        /// <summary>Bytes of the slices of the texture that they take.</summary>
        public readonly long Slices;

        public LayerCost(long bytes, long slices)
        {
            Bytes = bytes;
            Slices = slices;
        }

        public LayerCost Plus(LayerCost other)
        {
            return new LayerCost(Bytes + other.Bytes, Slices + other.Slices);
        }

        public LayerCost Minus(LayerCost other)
        {
            return new LayerCost(Bytes - other.Bytes, Slices - other.Slices);
        }

        /// <summary>Costs by shape: there are few, and they come again and again.</summary>
        public sealed class Table
        {
            readonly Dictionary<TileShape, LayerCost[]> _known =
                new Dictionary<TileShape, LayerCost[]>(new SameShape());

            /// <summary>
            /// Of `finest` and all coarser levels. Those from `coarse` on come in one message
            /// and finer ones in another, each with the ranges of all tiles.
            /// </summary>
            public LayerCost Of(TileShape shape, int finest, int coarse)
            {
                LayerCost[] levels;
                if (!_known.TryGetValue(shape, out levels))
                {
                    levels = From(shape);
                    _known[shape] = levels;
                }
                LayerCost cost = levels[finest < levels.Length ? finest : levels.Length - 1];
                long again = finest < coarse ? RangeBytes(shape) : 0;
                return new LayerCost(cost.Bytes + again, cost.Slices);
            }

            static LayerCost[] From(TileShape shape)
            {
                var costs = new LayerCost[Packing.LevelCount(shape.Height, shape.Width)];
                long bytes = RangeBytes(shape), slices = 0;
                for (int level = costs.Length - 1; level >= 0; level--)
                {
                    if (AtlasSpace.Fits(shape, level))
                    {
                        PageLevel packed = Packing.Level(shape, level);
                        bytes += Packing.ImageHeight(shape.Tiles, packed) * packed.Width;
                        slices += AtlasSpace.Bytes(shape.Tiles, packed);
                    }
                    costs[level] = new LayerCost(bytes, slices);
                }
                return costs;
            }

            static long RangeBytes(TileShape shape)
            {
                return 8 * shape.Tiles; // an offset and a step of each
            }
        }

        sealed class SameShape : IEqualityComparer<TileShape>
        {
            public bool Equals(TileShape a, TileShape b)
            {
                return a.Tiles == b.Tiles && a.Height == b.Height && a.Width == b.Width;
            }

            public int GetHashCode(TileShape a)
            {
                return (int)(a.Tiles * 31 * 31 + a.Height * 31 + a.Width);
            }
        }
    }
}
