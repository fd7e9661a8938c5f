using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Places in slices, against a map of every 8 x 8 pixels.</summary>
    [TestFixture]
    public sealed class AtlasTests
    {
        const int Grain = 8;
        const int Cells = 1024 / Grain;

        [Test]
        public void NoTwoPlacesOverlapAndNoneLeavesItsSlice()
        {
            var random = new Random(11);
            var allocator = new AtlasAllocator(12);
            var taken = new bool[12, Cells, Cells];
            var places = new List<AtlasPlace>();
            int refused = 0;
            for (int i = 0; i < 3000; i++)
            {
                if (places.Count > 0 && random.Next(5) < 2)
                {
                    int index = random.Next(places.Count);
                    Mark(taken, places[index], false);
                    allocator.GiveBack(places[index]);
                    places.RemoveAt(index);
                    continue;
                }
                int width = Grain * (1 + random.Next(Cells));
                int height = Grain * (1 + random.Next(random.Next(6) == 0 ? 3 * Cells : Cells / 4));
                AtlasPlace place;
                if (!allocator.TryTake(width, height, out place))
                {
                    refused++;
                    continue;
                }
                Assert.That(place.Width, Is.EqualTo(width));
                Assert.That(place.Height, Is.EqualTo(height));
                Mark(taken, place, true);
                places.Add(place);
            }
            Assert.That(refused, Is.InRange(50, 1900));
            Assert.That(allocator.Used, Is.EqualTo(12));
            foreach (AtlasPlace place in places)
            {
                allocator.GiveBack(place);
            }
            AtlasPlace all;
            Assert.That(allocator.TryTake(1024, 12 * 1024, out all), Is.True); // all is free again
            Assert.That(allocator.TryTake(1, 1, out all), Is.False);
        }

        [Test]
        public void SmallImagesShareASlice()
        {
            var allocator = new AtlasAllocator(2);
            AtlasPlace place;
            for (int i = 0; i < 64; i++)
            {
                Assert.That(allocator.TryTake(128, 128, out place), Is.True);
            }
            Assert.That(allocator.Used, Is.EqualTo(1));
            Assert.That(allocator.TryTake(128, 128, out place), Is.True);
            Assert.That(place.Slice, Is.EqualTo(1));
        }

        [TestCase(64, 112, 112)]
        [TestCase(2048, 7, 7)]
        [TestCase(9, 600, 1000)]
        [TestCase(1, 1, 1)]
        public void LevelsTakeWholePagesTheLastAsHighAsItIs(int tiles, int height, int width)
        {
            PageLevel level = Packing.Level(new TileShape(tiles, height, width), 0);
            long slow = 0, rows = 0;
            for (long tile = 0; tile < tiles; tile += level.Columns)
            {
                bool next = rows == level.RowsPerPage;
                slow = next ? (slow + 1023) / 1024 * 1024 : slow;
                rows = next ? 1 : rows + 1;
                slow += level.TileHeight;
            }
            Assert.That(AtlasSpace.Height(tiles, level), Is.EqualTo(slow));
            Assert.That(AtlasSpace.Bytes(tiles, level), Is.GreaterThanOrEqualTo(
                Packing.ImageHeight(tiles, level) * level.Width));
        }

        static void Mark(bool[,,] taken, AtlasPlace place, bool now)
        {
            int right = place.X + place.Width;
            Assert.That(right, Is.LessThanOrEqualTo(1024));
            bool large = place.Height > 1024, overlaps = false;
            Assert.That(large ? place.Y == 0 : place.Y + place.Height <= 1024, Is.True);
            for (int y = place.Y / Grain; y < (place.Y + place.Height) / Grain; y++)
            {
                for (int x = place.X / Grain; x < right / Grain; x++)
                {
                    int slice = place.Slice + y / Cells;
                    overlaps |= taken[slice, y % Cells, x] == now;
                    taken[slice, y % Cells, x] = now;
                }
            }
            Assert.That(overlaps, Is.False);
        }
    }
}
