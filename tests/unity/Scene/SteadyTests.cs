using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>A frame in which nothing new comes costs little time and no memory.</summary>
    [TestFixture]
    public sealed class SteadyTests
    {
        const int Frames = 300;

        static readonly TileShape Tiles = new TileShape(16, 56, 56);

        internal static readonly Func<long> AllocatedBytes = Counter();

        [Test]
        public void CountingSeesWhatIsAllocated()
        {
            long before = AllocatedBytes();
            GC.KeepAlive(new byte[100]);
            Assert.That(AllocatedBytes() - before, Is.InRange(100, 200));
        }

        [Test]
        public void StandingStillAllocatesNothing()
        {
            var scene = new Scene500();
            Assert.That(Allocated(scene.Frame), Is.EqualTo(0));
        }

        [Test]
        public void WalkingPointingTeleportingAndHoldingAWallAllocateNothing()
        {
            var scene = new Scene500();
            scene.Visitor.Held = Moves.Forward | Moves.TurnLeft;
            scene.Holding = true;
            Assert.That(Allocated(scene.Frame), Is.EqualTo(0));
        }

        [Test]
        public void LookingAroundAllocatesNothingUntilSomethingElseIsAskedFor()
        {
            var scene = new Scene500();
            var order = new OrderOfSight();
            var plan = new SightPlan(new LayerCost.Table());
            var none = new Seen[0];
            SightBounds bounds = SightBounds.Of(100 << 20, 1024);
            var draft = new SightRequest();
            order.Look(scene.Fields, scene.Outlook, none);
            plan.Make(order, bounds, null);
            Request asked = SightRequest.Of(plan, "main", 100 << 20, 1024);
            bool same = true;
            Action look = () =>
            {
                order.Look(scene.Fields, scene.Outlook, none);
                plan.Make(order, bounds, null);
                draft.Make(plan);
                same &= draft.IsSame(asked, "main", 100 << 20, 1024);
            };
            Assert.That(Allocated(look), Is.EqualTo(0));
            Assert.That(same, Is.True);
        }

        [Test]
        public void SortingInPlaceSortsAnyPart()
        {
            var random = new Random(1);
            for (int count = 0; count < 70; count++)
            {
                int[] items = Enumerable.Range(0, count + 5).Select(i => random.Next(40)).ToArray();
                int[] expected = (int[])items.Clone();
                Array.Sort(expected, 2, count);
                InPlace.Sort(items, 2, count, Comparer<int>.Default);
                Assert.That(items, Is.EqualTo(expected));
            }
        }

        [Test]
        public void RunAfterRunTheSameMemoryHoldsThePages()
        {
            var walls = new ResidentWalls(64 << 20, new TileShape(64, 64, 64), 4);
            walls.WantAll();
            LayerPages[] even = Pages(walls, 2), odd = Pages(walls, 3);
            Action runs = () =>
            {
                Receive(walls, even);
                Receive(walls, odd);
            };
            for (int i = 0; i < 3; i++)
            {
                runs();
            }
            long before = AllocatedBytes();
            for (int i = 0; i < 20; i++)
            {
                runs();
            }
            // Records of what is shown, but none of the pages, which are 20 * 2 * 1.4 MB.
            Assert.That(AllocatedBytes() - before, Is.LessThan(20 * 2 * 4 * 2000));
        }

        static long Allocated(Action frame)
        {
            for (int i = 0; i < 20; i++)
            {
                frame();
            }
            int collections = GC.CollectionCount(0);
            long before = AllocatedBytes();
            for (int i = 0; i < Frames; i++)
            {
                frame();
            }
            long bytes = AllocatedBytes() - before;
            if (bytes == 0)
            {
                Assert.That(GC.CollectionCount(0), Is.EqualTo(collections));
            }
            return bytes;
        }

        // Exact, but not in the profile that Unity compiles for; memory in use is, until it is
        // collected.
        static Func<long> Counter()
        {
            MethodInfo exact = typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread", BindingFlags.Static | BindingFlags.Public);
            return exact == null
                ? () => GC.GetTotalMemory(false)
                : (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), exact);
        }

        static LayerPages[] Pages(ResidentWalls walls, long run)
        {
            return Array.ConvertAll(
                walls.Names, name => ResidentWalls.Pages(name, run, walls.Shape, 0, 31));
        }

        static void Receive(ResidentWalls walls, LayerPages[] pages)
        {
            foreach (LayerPages one in pages)
            {
                walls.Residents.Receive(one, walls.NowS);
            }
            walls.Draw(0.5);
            walls.Residents.Changed.Clear();
        }

        // All that happens in a frame, at 500 walls.
        sealed class Scene500
        {
            public readonly Visitor Visitor = new Visitor();
            public readonly TileField[] Fields;
            public bool Holding;

            readonly Placement _placement = new Placement();
            readonly Walls _walls;
            readonly Room _room = Rooms.Corridor(500);
            readonly NearestFirst _nearest = new NearestFirst();
            readonly TeleportArc _arc = new TeleportArc();
            readonly StickMotion _sticks = new StickMotion();
            readonly Vignette _vignette = new Vignette();
            readonly Streaming _streaming = new Streaming();
            readonly FloorArea _floor;
            readonly OneHandGrab _grab;
            readonly ResidentWalls _residents = new ResidentWalls(64 << 20, Tiles, 4);
            double _nowS = 10;

            public Scene500()
            {
                _walls = Rooms.Built(_room, _placement);
                Fields = Rooms.Fields(_walls, Tiles);
                _floor = FloorArea.Of(_room, _walls.All);
                string held = _room.Stations[3].Key;
                _grab = new OneHandGrab(Visitor.Pose.Eyes, _placement.PoseOf(held));
                _residents.WantAll();
                foreach (string name in _residents.Names)
                {
                    _residents.Receive(name, 1, 0, 31);
                }
                _residents.Draw(1);
            }

            public Outlook Outlook
            {
                get { return Outlook.Of(Visitor.Pose, 1920, 1080); }
            }

            public void Frame()
            {
                _nowS += 1 / 72.0;
                Visitor.Step(1 / 72.0);
                _sticks.Walk(0, 1, Visitor.Yaw, 1 / 72.0);
                _vignette.Step(_sticks.SpeedMS, _sticks.TurnRadS, 1, 1 / 72.0);
                RigidPose hand = Visitor.Pose.Eyes;
                Hit hit = Picking.Pick(PointerRay.Of(hand), _walls.All, _room.Board);
                _nearest.Sort(_walls.All, Visitor.Pose.Position);
                Request request;
                _streaming.Update(
                    _nowS, true, Fields, Outlook, null, "main", 100 << 20, 1024, out request);
                _residents.Residents.Pump(_nowS, 4 << 20);
                if (Holding)
                {
                    _arc.Throw(hand, _floor, _walls.All);
                    string key = _room.Stations[3].Key;
                    _placement.Set(key, _grab.At(hand));
                    _walls.Place(_placement);
                }
                GC.KeepAlive(hit.Wall);
            }
        }
    }
}
