using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>In which order layers are seen, and what of them is asked for.</summary>
    [TestFixture]
    public sealed class SightTests
    {
        static readonly TileShape Tiles = new TileShape(16, 56, 56);
        static readonly SightBounds Plenty = SightBounds.Of(1000000000, 1024);

        [Test]
        public void TheNearestInViewIsFirstAndWhatIsBehindTheVisitorLast()
        {
            var fields = new[]
            {
                Field("behind", 0, 3), Field("far", 0, -40), Field("near", 0.5, -3),
            };
            var order = new OrderOfSight();
            order.Look(fields, Ahead(0));
            Assert.That(Names(order), Is.EqualTo(new[] { "near", "far", "behind" }));
            Assert.That(order.Layers.Take(3).Select(seen => seen.InView),
                Is.EqualTo(new[] { true, true, false }));
            order.Look(fields, Ahead(Math.PI));
            // Now it is before the visitor, but shows its back.
            Assert.That(order.Layers.First(seen => seen.Layer == "behind").InView, Is.False);
        }

        [Test]
        public void WhatIsBehindIsNotInViewThroughATelescopeEither()
        {
            double pixel = 0.5 / 1.085 / 56;
            var facing = new TileField(
                "behind", new Vec3(0, 1.6, 3), new Vec3(1, 0, 0), new Vec3(0, 1, 0),
                new Vec3(0, 0, -1), new Vec2(pixel, pixel), Tiles);
            var narrow = new VisitorPose(new Vec3(0, 1.6, 0), 0, 0, 10);
            var back = new VisitorPose(narrow.Position, Math.PI, 0, 10);
            Assert.That(Seen.From(facing, Outlook.Of(narrow, 800, 600)).InView, Is.False);
            Assert.That(Seen.From(facing, Outlook.Of(back, 800, 600)).InView, Is.True);
        }

        [Test]
        public void ALayerOnTwoWallsCountsAsWhereItIsSeenBest()
        {
            OrderOfSight twice = new OrderOfSight(), once = new OrderOfSight();
            twice.Look(new[] { Field("a", -1, -30), Field("a", 1, -4) }, Ahead(0));
            once.Look(new[] { Field("a", 1, -4) }, Ahead(0));
            Assert.That(twice.Count, Is.EqualTo(1));
            Assert.That(twice.Layers[0].Level, Is.EqualTo(once.Layers[0].Level));
            Assert.That(twice.Layers[0].Area, Is.EqualTo(once.Layers[0].Area));
        }

        [TestCase(1.0)]
        [TestCase(8.0)]
        [TestCase(60.0)]
        public void TheLevelIsWhereAScreensPixelCoversOneOfTheTiles(double distance)
        {
            // Straight on, d metres away, a pixel of the screen is 2 d tan(29°) / 720 m wide.
            var order = new OrderOfSight();
            order.Look(new[] { Field("a", 0, -distance) }, Ahead(0));
            double screen = 2 * distance * Math.Tan(29 * Math.PI / 180) / 720;
            double covered = screen / (0.5 / 1.085 / 56);
            double level = Math.Max(0, Math.Log(0.72 * covered, 2));
            Assert.That(order.Layers[0].Level, Is.EqualTo(level).Within(1e-6));
        }

        [Test]
        public void AWallsFieldIsWhereItsTilesAre()
        {
            var placement = new Placement();
            Room room = Rooms.Of(Rooms.Station("a", -4));
            Walls walls = Rooms.Built(room, placement);
            var pose = new StationPose(new Vec3(2, 0, -9), Rotations.AboutY(0.3), 2);
            placement.Set("a", pose);
            walls.Place(placement);
            TileField field = Rooms.Fields(walls, Tiles)[0];
            PlacedWall wall = walls.All[0];
            WallRect first = TilePlace.RectOf(wall.Panels[0], 0);
            Near.Same(field.Centre, wall.Frame.PointOf(0, 1.5));
            double right = field.X.Length() * 2;
            Assert.That(right, Is.EqualTo(2 * 2 * 0.3).Within(1e-9));
            Assert.That(field.Normal.Length(), Is.EqualTo(1).Within(1e-12));
            Assert.That(field.PixelM.X * 56, Is.EqualTo(2 * first.Width).Within(1e-9));
        }

        [Test]
        public void TheFinestLevelIsThereBeforeItIsSeenAndDoesNotFlutter()
        {
            for (double level = 0; level < 5; level += 0.01)
            {
                Assert.That(SightPlan.FinestWorth(level, 99),
                    Is.LessThanOrEqualTo(Math.Floor(level + 0.35)));
            }
            Assert.That(SightPlan.FinestWorth(3.2, 99), Is.EqualTo(3));
            int before = SightPlan.FinestWorth(1.15, 99), changes = 0;
            for (int step = 0; step < 100; step++)
            {
                int now = SightPlan.FinestWorth(step % 2 == 0 ? 0.95 : 1.15, before);
                changes += now == before ? 0 : 1;
                before = now;
            }
            Assert.That(changes, Is.LessThanOrEqualTo(1));
        }

        [Test]
        public void PlansAreWhatTheBridgeSends()
        {
            int plans = 0;
            foreach (object one in (List<object>)Json.Read("plan/plans.json"))
            {
                var golden = (Dictionary<string, object>)one;
                Seen[] seen = ((List<object>)golden["shapes"]).Select(Shaped).ToArray();
                foreach (object other in (List<object>)golden["plans"])
                {
                    var expected = (Dictionary<string, object>)other;
                    var bounds = new SightBounds
                    {
                        Bytes = (long)(double)expected["budget"], Slices = long.MaxValue,
                        Edge = (int)(double)golden["edge"],
                    };
                    SightPlan plan = Planned(bounds, seen);
                    Want[] wants = plan.Layers.Select(layer => plan[layer]).ToArray();
                    Assert.That(wants.Select(want => want.Coarse),
                        Is.EqualTo(Json.Integers(expected["coarse"])));
                    Assert.That(wants.Select(want => want.Finest),
                        Is.EqualTo(Json.Integers(expected["finest"])));
                    plans++;
                }
            }
            Assert.That(plans, Is.GreaterThan(12));
        }

        [Test]
        public void APlanStaysWithinItsBytesAndIsCoarserFromTheFarthestOn()
        {
            Seen[] seen = Enumerable.Range(0, 30).Select(i => Layer("l" + i, 0, 224)).ToArray();
            long whole = Planned(Plenty, seen).Cost.Bytes;
            foreach (double share in new[] { 0.02, 0.1, 0.3, 0.9 })
            {
                var bounds = Plenty;
                bounds.Bytes = (long)(share * whole);
                SightPlan plan = Planned(bounds, seen);
                Assert.That(plan.Cost.Bytes, Is.LessThanOrEqualTo(bounds.Bytes));
                int[] finest = plan.Layers.Select(layer => plan[layer].Finest).ToArray();
                Assert.That(finest, Is.Ordered);
                bounds = Plenty;
                bounds.Slices = (long)(share * Planned(Plenty, seen).Cost.Slices);
                Assert.That(Planned(bounds, seen).Cost.Slices,
                    Is.LessThanOrEqualTo(Math.Max(bounds.Slices, LightSlices(seen))));
            }
        }

        [Test]
        public void TheChosenLayerIsWantedWholeAndNothingThatNoTextureHolds()
        {
            Seen wide = Layer("wide", 0, 56);
            wide.Shape = new TileShape(1, 10, 5000);
            SightPlan plan = Planned(Plenty, Seen.Chosen("chosen", Tiles), wide);
            Assert.That(plan["chosen"].Finest, Is.EqualTo(0));
            Assert.That(Packing.Halved(5000, plan["wide"].Finest), Is.LessThanOrEqualTo(1024));
            Assert.That(plan["unknown"].IsNone, Is.True);
        }

        [Test]
        public void ARequestNamesEveryLayerForFirstLightThenDetailInOrder()
        {
            Seen[] seen = Enumerable.Range(0, 700)
                .Select(rank => Layer("layer" + rank, rank % 3 + 0.2)).ToArray();
            SightPlan plan = Planned(Plenty, seen);
            Request request = SightRequest.Of(plan, "main", 123, 1024);
            Assert.That(request.FirstLight, Is.True);
            Assert.That(request.Layers.Distinct().Count(), Is.EqualTo(700));
            Assert.That(request.Layers.Length, Is.EqualTo(700));
            Assert.That(request.Then.Length, Is.LessThanOrEqualTo(64));
            string[] named = request.Then.SelectMany(part => part.Layers).ToArray();
            Assert.That(named.Distinct().Count(), Is.EqualTo(named.Length));
            Assert.That(named.Length, Is.EqualTo(700 - 233)); // level 2 is in the first light
            Assert.That(request.Then[0].Layers, Is.EqualTo(new[] { "layer0" }));
            foreach (Part part in request.Then)
            {
                foreach (string layer in part.Layers)
                {
                    Assert.That(part.Levels[0], Is.EqualTo(int.Parse(layer.Substring(5)) % 3));
                }
            }
        }

        [Test]
        public void ARequestStaysTheSameWhileFarLayersChangePlaces()
        {
            Seen[] seen = Enumerable.Range(0, 40)
                .Select(rank => Layer("layer" + rank, rank % 3 + 0.2)).ToArray();
            Request before = SightRequest.Of(Planned(Plenty, seen), "main", 0, 1024);
            Seen far = seen[36];
            seen[36] = seen[38];
            seen[38] = far;
            var after = new SightRequest();
            after.Make(Planned(Plenty, seen));
            Assert.That(after.IsSame(before, "main", 0, 1024), Is.True);
            Assert.That(after.IsSame(before, "other", 0, 1024), Is.False);
            Assert.That(after.IsSame(before, "main", 1, 1024), Is.False);
            Assert.That(after.IsSame(before, "main", 0, 512), Is.False);
            Seen near = seen[0];
            seen[0] = seen[38];
            seen[38] = near;
            after.Make(Planned(Plenty, seen));
            Assert.That(after.IsSame(before, "main", 0, 1024), Is.False);
            seen[38] = seen[0];
            seen[0] = Layer("layer0", 1.2); // the same layers, one in less detail
            after.Make(Planned(Plenty, seen));
            Assert.That(after.IsSame(before, "main", 0, 1024), Is.False);
        }

        [Test]
        public void APartNamesNoMoreLayersThanItMay()
        {
            Seen[] seen = Enumerable.Range(0, 10000).Select(i => Layer("l" + i, 0)).ToArray();
            Request request = SightRequest.Of(Planned(Plenty, seen), "main", 0, 1024);
            Assert.That(request.Layers.Length, Is.EqualTo(4096));
            Assert.That(request.Then.All(part => part.Layers.Length <= 4096), Is.True);
            Assert.That(request.Then.Length, Is.LessThanOrEqualTo(64));
            int light = request.Then.Where(part => part.FirstLight).Sum(p => p.Layers.Length);
            Assert.That(light + 4096, Is.EqualTo(10000));
        }

        [Test]
        public void WhatDoesNotChangeIsNotAskedForAgain()
        {
            var streaming = new Streaming();
            TileField[] fields =
                Enumerable.Range(0, 40).Select(i => Field("l" + i, 0, -3 - i)).ToArray();
            Request first;
            Assert.That(Update(streaming, 0, fields, 0, out first), Is.True);
            Assert.That(first.BudgetBytes, Is.EqualTo(90000000));
            Request again;
            Assert.That(Update(streaming, 1, fields, 0, out again), Is.False);
            streaming.Changed();
            Assert.That(Update(streaming, 1.01, fields, 1e-6, out again), Is.True);
            Assert.That(again, Is.Null); // looked, but it is the same
            streaming.Changed();
            Array.Resize(ref fields, 39); // a wall less
            Assert.That(Update(streaming, 1.03, fields, 0, out again), Is.False); // too soon
            Assert.That(Update(streaming, 1.1, fields, 0, out again), Is.True);
            Assert.That(again.Layers.Length, Is.EqualTo(39));
            streaming.Forget();
            Request forgotten;
            Assert.That(Update(streaming, 2, fields, 0, out forgotten), Is.True);
            Assert.That(forgotten.Layers, Is.EqualTo(again.Layers));
        }

        [Test]
        public void WallsAreSortedByDistanceWhereverOneWalksOrJumps()
        {
            Walls walls = Rooms.Built(Rooms.Corridor(500), new Placement());
            var nearest = new NearestFirst();
            foreach (double z in new[] { 0, -0.4, -0.8, -300, -299, 20, -150.3 })
            {
                int[] order = nearest.Sort(walls.All, new Vec3(0.3, 1.6, z));
                Assert.That(order.Distinct().Count(), Is.EqualTo(walls.All.Length));
                double[] slow = order.Select(i => walls.All[i].Frame.PointOf(
                    0, walls.All[i].HeightM / 2).DistanceTo(new Vec3(0.3, 1.6, z))).ToArray();
                Assert.That(slow, Is.Ordered);
            }
        }

        static bool Update(
            Streaming streaming, double nowS, TileField[] fields, double yaw, out Request request)
        {
            return streaming.Update(
                nowS, false, fields, Ahead(yaw), null, "main", 100000000, 1024, out request);
        }

        static long LightSlices(Seen[] seen)
        {
            var bounds = Plenty;
            bounds.Slices = 0;
            return Planned(bounds, seen).Cost.Slices;
        }

        static SightPlan Planned(SightBounds bounds, params Seen[] seen)
        {
            var order = new OrderOfSight();
            order.Look(new TileField[0], Ahead(0), seen);
            var plan = new SightPlan(new LayerCost.Table());
            plan.Make(order, bounds, null);
            return plan;
        }

        static Seen Layer(string name, double level, long edge = 56)
        {
            return new Seen
            {
                Layer = name, Level = level, Shape = new TileShape(16, edge, edge),
                InView = true, Area = 1,
            };
        }

        static Seen Shaped(object shape, int index)
        {
            int[] sizes = Json.Integers(shape);
            Seen seen = Layer("l" + index, 0);
            seen.Shape = new TileShape(sizes[0], sizes[1], sizes[2]);
            return seen;
        }

        // 2 m wide and high at eye level, of 4 x 4 tiles of 56 x 56, facing +z.
        static TileField Field(string layer, double x, double z)
        {
            double pixel = 0.5 / 1.085 / 56;
            return new TileField(
                layer, new Vec3(x, 1.6, z), new Vec3(1, 0, 0), new Vec3(0, 1, 0),
                new Vec3(0, 0, 1), new Vec2(pixel, pixel), Tiles);
        }

        static Outlook Ahead(double yaw)
        {
            return Outlook.Of(new VisitorPose(new Vec3(0, 1.6, 0), yaw, 0), 1280, 720);
        }

        static string[] Names(OrderOfSight order)
        {
            return order.Layers.Take(order.Count).Select(seen => seen.Layer).ToArray();
        }
    }
}
