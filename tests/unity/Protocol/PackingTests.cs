using System;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>How tiles stand in pages, against counting them one by one.</summary>
    [TestFixture]
    public sealed class PackingTests
    {
        [TestCase(1, 1, 1)]
        [TestCase(3, 2, 5)]
        [TestCase(64, 112, 112)]
        [TestCase(2048, 7, 7)]
        [TestCase(5, 1, 3000)]
        [TestCase(9, 1500, 2)]
        [TestCase(1000, 1, 1)]
        public void EveryTileHasItsPlace(int tiles, int height, int width)
        {
            var shape = new TileShape(tiles, height, width);
            for (int level = 0; level < Packing.LevelCount(height, width); level++)
            {
                PageLevel packed = Packing.Level(shape, level);
                Assert.That(packed.TileHeight, Is.EqualTo(SlowHalved(height, level)));
                Assert.That(packed.TileWidth, Is.EqualTo(SlowHalved(width, level)));
                long rows = 0, pages = 0, columns = 0;
                for (int tile = 0; tile < tiles; tile++)
                {
                    columns = Math.Max(columns, tile % packed.Columns + 1);
                    if (tile % packed.Columns == 0)
                    {
                        pages += rows % packed.RowsPerPage == 0 ? 1 : 0;
                        rows++;
                    }
                }
                Assert.That(packed.Columns, Is.EqualTo(columns));
                Assert.That(packed.Width, Is.EqualTo(columns * packed.TileWidth));
                Assert.That(packed.Pages, Is.EqualTo(pages));
                Assert.That(Packing.ImageHeight(tiles, packed),
                    Is.EqualTo(rows * packed.TileHeight));
                long most = Math.Max(WireFormat.PageEdge, packed.TileHeight);
                Assert.That(packed.RowsPerPage * packed.TileHeight, Is.LessThanOrEqualTo(most));
                Assert.That(packed.Width, Is.LessThanOrEqualTo(Math.Max(WireFormat.PageEdge,
                    packed.TileWidth)));
            }
        }

        [TestCase(1, 1, 1, 0)]
        [TestCase(2, 1, 2, 0)]
        [TestCase(7, 7, 4, 1)]
        [TestCase(14, 14, 5, 2)]
        [TestCase(224, 224, 9, 2)]
        [TestCase(224, 5, 9, 0)]
        public void LevelsEndAtOnePixelAndTheFirstLightShows(int height, int width, int levels,
            int first)
        {
            Assert.That(Packing.LevelCount(height, width), Is.EqualTo(levels));
            Assert.That(SlowHalved(Math.Max(height, width), levels - 1), Is.EqualTo(1));
            Assert.That(Packing.FirstLightLevel(height, width), Is.EqualTo(first));
        }

        static long SlowHalved(long edge, int level)
        {
            for (; level > 0; level--)
            {
                edge = edge / 2 + edge % 2;
            }
            return edge;
        }
    }
}
