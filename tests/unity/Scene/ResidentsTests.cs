using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What of the layers is here, and what is in the texture.</summary>
    [TestFixture]
    public sealed class ResidentsTests
    {
        const int Last = 31; // all coarser levels

        static readonly TileShape Large = new TileShape(64, 128, 128);
        static readonly TileShape Small = new TileShape(16, 256, 256);

        [Test]
        public void EveryTileStandsWhereItsPlaceSays()
        {
            var walls = new ResidentWalls(64 << 20, new TileShape(70, 120, 100), 3);
            walls.WantAll();
            foreach (string name in walls.Names)
            {
                walls.Receive(name, 1, 0, Last);
            }
            walls.Draw(1);
            foreach (string name in walls.Names)
            {
                ShownLevels shown = walls.Residents.Get(name).Shown;
                for (int level = 0; level < Want.MostLevels && level <= shown.Coarsest; level++)
                {
                    CheckTiles(walls, name, shown, level);
                }
            }
        }

        [Test]
        public void AnotherImageHasAllItsDetailInTheEnd(
            [Values(0.45, 0.6, 0.75)] double share, [Values(0.02, 0.1)] double laterS)
        {
            // While the former one fades out, both take places: of neither all detail is there.
            long budget = (long)(8 * ResidentWalls.WholeSlices(Large) / share);
            var walls = new ResidentWalls(budget, Large, 8);
            walls.WantAll();
            for (int run = 1; run <= 2; run++)
            {
                Show(walls, run, laterS);
                Assert.That(walls.Shown, Is.All.EqualTo(0));
                Assert.That(walls.Residents.Waiting, Is.False);
            }
            ShownLevels last = walls.Residents.Get("layer7").Shown;
            CheckTiles(walls, "layer7", last, 0, 2);
        }

        [Test]
        public void WhereThereIsNoRoomForAllTheNearestHaveDetailAndAllHaveLight()
        {
            var walls = new ResidentWalls(6 * ResidentWalls.WholeSlices(Large), Large, 8);
            walls.WantAll();
            for (int run = 1; run <= 2; run++)
            {
                Show(walls, run, 0.02);
            }
            Assert.That(walls.Shown.Take(4), Is.All.EqualTo(0));
            Assert.That(walls.Shown, Is.All.InRange(0, 2));
            Assert.That(walls.Residents.Waiting, Is.False);
            long budget = 6 * ResidentWalls.WholeSlices(Large);
            Assert.That(walls.Texture.Depth * AtlasSpace.SliceBytes, Is.LessThanOrEqualTo(budget));
            Assert.That(walls.Residents.HeldBytes, Is.LessThanOrEqualTo(budget));
        }

        [Test]
        public void WhoIsNearestInSightHasDetailWhoeverCameFirst()
        {
            long budget = 6 * ResidentWalls.WholeSlices(Large);
            var walls = new ResidentWalls(budget, Large, 8);
            walls.Residents.SetWants(walls.Plan(long.MaxValue / 4, true));
            Show(walls, 1, 0.02);
            Assert.That(walls.Shown.Reverse().Take(4), Is.All.EqualTo(0));
            Assert.That(walls.Shown, Is.All.InRange(0, 2));
        }

        [Test]
        public void RunsThatComeFasterThanTheyAreDrawnLeaveNothingBehind()
        {
            long budget = (long)(2.3 * 2 * ResidentWalls.WholeSlices(Large));
            var walls = new ResidentWalls(budget, Large, 2);
            walls.WantAll();
            for (int run = 1; run <= 50; run++)
            {
                foreach (string name in walls.Names)
                {
                    walls.Receive(name, run, 0, Last);
                }
                walls.NowS += ResidentWalls.FrameS;
                walls.Residents.Pump(walls.NowS, 100000); // not even a layer
            }
            walls.Draw(2);
            Assert.That(walls.Shown, Is.All.EqualTo(0));
            foreach (string name in walls.Names)
            {
                CheckTiles(walls, name, walls.Residents.Get(name).Shown, 0, 50);
            }
        }

        [Test]
        public void ALayerThatIsWantedNoMoreMayGetAnotherRun()
        {
            var walls = new ResidentWalls(64 << 20, Large, 2);
            walls.WantAll();
            walls.Receive("layer0", 1, 0, Last);
            walls.Residents.SetWants(new SightPlan(new LayerCost.Table()));
            walls.Receive("layer0", 2, 4, Last); // what was on its way to be shown is gone
            walls.Draw(0.2);
            Assert.That(walls.Shown[0], Is.EqualTo(-1));
            walls.WantAll();
            walls.Draw(0.2);
            Assert.That(walls.Shown[0], Is.EqualTo(4));
        }

        [Test]
        public void DetailThatComesFirstIsShownAloneOnlyUntilTheCoarseLevelsCome()
        {
            var walls = new ResidentWalls(64 << 20, Small, 1);
            walls.WantAll();
            walls.Receive("layer0", 1, 0, Last);
            walls.Draw(1);
            walls.Receive("layer0", 2, 0, 0);
            walls.Draw(1);
            walls.Receive("layer0", 2, 2, Last);
            walls.Draw(1);
            ResidentLayer layer = walls.Residents.Get("layer0");
            Assert.That(layer.Shown.Finest, Is.EqualTo(2)); // there is a gap at 1
            walls.Receive("layer0", 2, 1, 1);
            walls.Draw(1);
            Assert.That(layer.Shown.Finest, Is.EqualTo(0));
            Assert.That(layer.Shown.Coarsest, Is.EqualTo(8));
            Assert.That(layer.Former, Is.Null);
            Assert.That(walls.Residents.Waiting, Is.False);
        }

        [Test]
        public void WhatWasGivenBackIsKnownToBeMissingUntilItComesAgain()
        {
            // Room for one layer with all detail here, but not for two.
            long one = new LayerCost.Table().Of(Small, 0, 0).Bytes;
            var walls = new ResidentWalls((long)(1.6 * one), Small, 2);
            walls.WantAll();
            foreach (string name in walls.Names)
            {
                walls.Receive(name, 1, 2, Last);
                walls.Receive(name, 1, 0, 1);
            }
            walls.Draw(1);
            var missing = Missing(walls, 1);
            Assert.That(missing, Is.EqualTo(new[] { "layer1/1", "layer1/0" }));
            Assert.That(Missing(walls, 2), Is.Empty); // of a run that has only been announced
            Assert.That(walls.Residents.HeldBytes, Is.LessThanOrEqualTo((long)(1.6 * one)));
        }

        [Test]
        public void OneFramesUploadsAreBoundedAndTheNearestIsFirst()
        {
            var walls = new ResidentWalls(64 << 20, Large, 8);
            walls.WantAll();
            foreach (string name in walls.Names.Reverse())
            {
                walls.Receive(name, 1, 0, Last);
            }
            walls.NowS += 1;
            for (long before = 0; walls.Residents.Waiting; before = walls.Texture.Written)
            {
                walls.Residents.Pump(walls.NowS, 1 << 20);
                long written = walls.Texture.Written - before;
                Assert.That(written, Is.LessThanOrEqualTo(2 << 20)); // and at most a page more
                int[] shown = walls.Shown;
                int lit = shown.TakeWhile(finest => finest == 0).Count();
                Assert.That(shown.Skip(lit), Is.All.EqualTo(-1)); // one after the other
            }
            Assert.That(walls.Shown, Is.All.EqualTo(0));
        }

        [Test]
        public void ANewRunFadesOverAndTheFormerGivesItsPlacesBack()
        {
            var walls = new ResidentWalls(16 << 20, Small, 1);
            walls.WantAll();
            walls.Receive("layer0", 1, 0, Last);
            walls.Draw(0.5);
            ResidentLayer layer = walls.Residents.Get("layer0");
            ShownLevels first = layer.Shown;
            walls.Receive("layer0", 2, 0, Last);
            walls.Draw(0.1);
            Assert.That(layer.Former, Is.SameAs(first));
            Assert.That(layer.Shown.Generation, Is.EqualTo(first.Generation + 1));
            walls.Draw(0.5);
            Assert.That(layer.Former, Is.Null);
            Assert.That(first.Places, Is.All.Matches<AtlasPlace>(place => place.IsNone));
            int depth = walls.Texture.Depth;
            for (int run = 3; run < 20; run++)
            {
                walls.Receive("layer0", run, 0, Last);
                walls.Draw(0.5);
            }
            Assert.That(walls.Texture.Depth, Is.EqualTo(depth));
        }

        [Test]
        public void WhatIsTakenOffTheWallsLeavesTheTexture()
        {
            var walls = new ResidentWalls(16 << 20, Small, 2);
            walls.WantAll();
            walls.Receive("layer0", 1, 0, Last);
            walls.Receive("layer1", 1, 0, Last);
            walls.Draw(0.5);
            walls.Residents.Changed.Clear();
            walls.Residents.Display(new Dictionary<string, int> { { "layer1", 0 } });
            Assert.That(walls.Shown, Is.EqualTo(new[] { -1, 0 }));
            Assert.That(walls.Residents.Changed.Single().Name, Is.EqualTo("layer0"));
            // It is held, and comes back without the bridge.
            var both = new Dictionary<string, int> { { "layer0", 0 }, { "layer1", 1 } };
            walls.Residents.Display(both);
            walls.Draw(0.1);
            Assert.That(walls.Shown, Is.EqualTo(new[] { 0, 0 }));
        }

        [TestCase(16, 64)]
        [TestCase(200, 40)]
        [TestCase(64, 300)]
        public void TilesOfOtherSizesInOneRunReplaceTheFormerOnes(int tiles, int edge)
        {
            var walls = new ResidentWalls(64 << 20, Large, 1);
            walls.WantAll();
            var former = new TileShape(tiles, edge, edge);
            LayerPages other = ResidentWalls.Pages("layer0", 1, former, 0, Last);
            walls.Residents.Receive(other, walls.NowS);
            walls.Draw(0.5);
            walls.Residents.Changed.Clear();
            walls.Receive("layer0", 1, 2, Last);
            ResidentLayer layer = walls.Residents.Get("layer0");
            Assert.That(layer.Shown, Is.Null);
            Assert.That(walls.Residents.Changed, Is.EqualTo(new[] { layer }));
            Assert.That(layer.Held.Shape, Is.EqualTo(Large));
            Assert.That(layer.Held.Finest, Is.EqualTo(2));
            Assert.That(layer.Held.Ranges.Length, Is.EqualTo(8 * Large.Tiles));
            walls.Draw(0.5);
            CheckTiles(walls, "layer0", layer.Shown, 2);
            Assert.That(layer.Shown.Shape, Is.EqualTo(Large));
            Assert.That(Missing(walls, 1), Is.Empty);
        }

        [Test]
        public void WhatIsPlannedHasRoom([Values(0.3, 0.8)] double share)
        {
            var shape = new TileShape(8, 520, 520);
            long budget = (long)(share * 6 * ResidentWalls.WholeSlices(shape));
            var walls = new ResidentWalls(budget, shape, 6);
            SightPlan plan = walls.Plan((long)(0.9 * budget));
            walls.Residents.SetWants(plan);
            foreach (string name in walls.Names)
            {
                walls.Receive(name, 1, plan[name].Coarse, Last);
            }
            walls.Draw(0.5);
            foreach (string name in walls.Names)
            {
                walls.Receive(name, 1, plan[name].Finest, Last);
            }
            walls.Draw(0.5);
            int[] planned = walls.Names.Select(name => plan[name].Finest).ToArray();
            int lacking = planned.Where((finest, i) => walls.Shown[i] > finest).Count();
            Assert.That(lacking, Is.LessThanOrEqualTo(1)); // free space may be in small pieces
            Assert.That(planned.Distinct().Count(), Is.GreaterThan(1));
        }

        [Test]
        public void WhatTheDeviceLostIsUploadedAnew()
        {
            var walls = new ResidentWalls(64 << 20, Large, 3);
            walls.WantAll();
            Show(walls, 1, 0.02);
            walls.Texture.Lose();
            walls.Residents.Restore();
            walls.Draw(1);
            foreach (string name in walls.Names)
            {
                CheckTiles(walls, name, walls.Residents.Get(name).Shown, 0);
            }
            walls.Residents.Changed.Clear();
            Show(walls, 2, 0.02); // and the next run is there as ever
            Assert.That(walls.Shown, Is.All.EqualTo(0));
            CheckTiles(walls, "layer2", walls.Residents.Get("layer2").Shown, 0, 2);
        }

        [TestCase(9)]
        [TestCase(4)]
        public void ADeviceWithLessRoomThanThereShouldBeShowsWhatItHasRoomFor(int slices)
        {
            var walls = new ResidentWalls(64 << 20, Large, 12);
            walls.Texture.Most = slices;
            walls.WantAll();
            Show(walls, 1, 0.02);
            Assert.That(walls.Texture.Depth, Is.InRange(slices / 2 + 1, slices));
            Assert.That(walls.Shown[0], Is.EqualTo(0)); // the nearest
            Assert.That(walls.Shown[11], Is.GreaterThan(0));
            Assert.That(walls.Shown, Has.None.EqualTo(-1)); // all have light
            CheckTiles(walls, "layer0", walls.Residents.Get("layer0").Shown, 0);
            int reserved = walls.Texture.Reserved;
            Show(walls, 2, 0.02);
            Assert.That(walls.Texture.Reserved, Is.EqualTo(reserved)); // not tried for ever
            CheckTiles(walls, "layer0", walls.Residents.Get("layer0").Shown, 0, 2);
        }

        [Test]
        public void TheNearestHasItsDetailHoweverOftenRunsAndPlansWereOthers()
        {
            // Two whole layers of four slices and more have room, and light for all.
            const long budget = 16 << 20;
            var walls = new ResidentWalls(budget, new TileShape(64, 256, 256), 12);
            var random = new Random(1);
            for (int run = 1; run <= 60; run++)
            {
                if (run % 3 == 0)
                {
                    walls.Residents.ForgetRun(); // another bridge at the same address
                }
                string[] order = walls.Names.OrderBy(name => random.Next()).ToArray();
                SightPlan plan = walls.PlanOf(order, (long)(0.9 * budget));
                walls.Residents.SetWants(plan);
                foreach (string name in order)
                {
                    walls.Receive(name, run, plan[name].Coarse, Last);
                }
                walls.Draw(0.02);
                foreach (string name in order)
                {
                    walls.Receive(name, run, plan[name].Finest, plan[name].Coarse - 1);
                }
                walls.Draw(2);
                int[] planned = walls.Names.Select(name => plan[name].Finest).ToArray();
                string shown = string.Join(" ", walls.Shown) + " of " + string.Join(" ", planned);
                int nearest = Array.IndexOf(walls.Names, order[0]);
                Assert.That(planned[nearest], Is.EqualTo(0));
                Assert.That(walls.Shown[nearest], Is.EqualTo(0), run + ": " + shown);
            }
        }

        // A run's coarse levels, then its detail so much later, until nothing waits.
        static void Show(ResidentWalls walls, long run, double laterS)
        {
            foreach (string name in walls.Names)
            {
                walls.Receive(name, run, 2, Last);
            }
            walls.Draw(laterS);
            foreach (string name in walls.Names)
            {
                walls.Receive(name, run, 0, 1);
                walls.Draw(0.005);
            }
            walls.Draw(4);
        }

        // The middle of every tile, by the arithmetic of cells.hlsl.
        static void CheckTiles(
            ResidentWalls walls, string name, ShownLevels shown, int level, long run = 1)
        {
            AtlasPlace place = shown.Places[level];
            Assert.That(place.IsNone, Is.False);
            long high = Packing.Halved(walls.Shape.Height, level);
            long wide = Packing.Halved(walls.Shape.Width, level);
            long rowsPerPage = 1024 / high;
            for (long tile = 0; tile < walls.Shape.Tiles; tile++)
            {
                long row = tile / shown.Columns[level], column = tile % shown.Columns[level];
                long x = place.X + column * wide + wide / 2;
                long y = place.Y + row % rowsPerPage * high + high / 2;
                int slice = place.Slice + (int)(row / rowsPerPage);
                byte expected = ResidentWalls.Code(name, run, level, tile);
                Assert.That(walls.Texture.At(slice, (int)x, (int)y), Is.EqualTo(expected));
            }
        }

        static List<string> Missing(ResidentWalls walls, long run)
        {
            var found = new List<string>();
            walls.Residents.Missing(run, (layer, level) => found.Add(layer.Name + "/" + level));
            return found;
        }
    }
}
