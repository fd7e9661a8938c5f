using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Reflection;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>A frame of the whole application in which nothing new comes, at 500 walls.
    /// </summary>
    [TestFixture]
    public sealed class SteadyWalkTests
    {
        const int Walls = 500, Frames = 200;
        const double FrameS = 1 / 72.0;

        static readonly TileShape Shape = new TileShape(16, 14, 14);
        static readonly Func<long> AllocatedBytes = Counter();

        Stage _stage;
        double _nowS;

        [TearDown]
        public void Close()
        {
            _stage.Dispose();
        }

        [Test]
        public void DrawingAllocatesNothingButWhatTheDoubleNotesOfIt()
        {
            Build(Walls);
            Outlook outlook = _stage.Walk.Body.Mode.Outlook;
            List<Draw> draws = Player.Draws.ToList();
            long ours = Allocated(() =>
            {
                _nowS += FrameS;
                _stage.Walk.Room.Draw(_nowS, outlook, false);
            });
            // The room's draws are the first of a frame; after them come those of panels.
            int count = Count(() => _stage.Walk.Room.Draw(_nowS, outlook, false));
            long theDoubles = Allocated(() => Replay(draws.Take(count).ToArray(), count));
            Assert.That(count, Is.GreaterThan(8));
            Assert.That((ours - theDoubles) / (double)Frames, Is.LessThan(64 * count));
        }

        [Test]
        public void AsMuchIsAllocatedAtFiveHundredWallsAsAtFive()
        {
            Build(5);
            long few = Allocated(Frame);
            _stage.Dispose();
            Build(Walls);
            long many = Allocated(Frame);
            Assert.That((many - few) / (double)Frames, Is.LessThan(2000)); // a draw or two more
        }

        [Test]
        public void WhoWalksAmongFiveHundredWallsAllocatesNoMoreThanWhoStands()
        {
            Build(Walls);
            VisitorPose from = _stage.Walk.Body.Desktop.Visitor.Pose;
            Outlook there = Outlook.Of(from, 1280, 720);
            long standing = Allocated(() => DrawFrom(there));
            double z = from.Position.Z;
            long walking = Allocated(() =>
            {
                z -= 0.05; // metres a frame: other walls come into view
                var at = new Vec3(from.Position.X, from.Position.Y, z);
                DrawFrom(Outlook.Of(new VisitorPose(at, from.Yaw, from.Pitch), 1280, 720));
            });
            Assert.That(from.Position.Z - z, Is.GreaterThan(5));
            Assert.That((walking - standing) / (double)Frames, Is.LessThan(1000));
        }

        [Test]
        public void NothingTravelsToTheDeviceWhenNothingChanges()
        {
            Build(Walls);
            int batches = _stage.Walk.Room.Activations.Atlas.Batches;
            byte[][] before = Buffers();
            for (int i = 0; i < 20; i++)
            {
                Player.Frame();
            }
            Assert.That(_stage.Walk.Room.Activations.Atlas.Batches, Is.EqualTo(batches));
            byte[][] after = Buffers();
            for (int i = 0; i < before.Length; i++)
            {
                Assert.That(after[i].SequenceEqual(before[i]), Is.True);
            }
        }

        [Test]
        public void AFrameTakesLittleOfTheMainThread()
        {
            Build(Walls);
            Allocated(Frame); // compiles it
            double best = double.PositiveInfinity; // others may use the processor too
            for (int i = 0; i < 50; i++)
            {
                var watch = Stopwatch.StartNew();
                Frame();
                best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
                Player.Frame(0); // what the double noted goes
            }
            Console.WriteLine("a frame at 500 walls: " + best + " ms");
            Assert.That(best, Is.LessThan(3));
        }

        [Test]
        public void AllFiveHundredWallsAreLitInABoundedNumberOfBatches()
        {
            Build(Walls);
            Assert.That(_stage.Walk.Room.Activations.Lit, Is.EqualTo(Walls));
            Assert.That(_stage.WallDraws.Length, Is.LessThanOrEqualTo(8));
            Assert.That(_stage.Walk.Room.Activations.Atlas.Batches, Is.LessThan(20));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WallsThatAFailedPassDidNotReachAreEmptyAndTheBoardSaysWhy()
        {
            Build(5);
            Receiver receiver = _stage.Walk.Session.Receiver;
            string network = _stage.State.NetworkName;
            Take(receiver, new InputPlaced(network, "input", 2, "cat.png"));
            LayerPages pages = ResidentWalls.Pages("layer0", 2, Shape, 0, 31);
            receiver.Take(new Decoded(pages.Message, Payloads(pages)));
            Take(receiver, new Failed(network, "input", 2, "it is too small"));
            _stage.Frames(60);
            Assert.That(_stage.Walk.Room.Activations.Lit, Is.EqualTo(1));
            Assert.That(_stage.Walk.Room.Highlights.Failed, Is.True);
            Assert.That(_stage.State.Unsaid, Is.EqualTo("cat.png did not come through the network:"
                + " it is too small. Place another image."));
            // The next image lights all of them again.
            Take(receiver, new InputPlaced(network, "input", 3, "dog.png"));
            for (int i = 0; i < 5; i++)
            {
                pages = ResidentWalls.Pages("layer" + i, 3, Shape, 0, 31);
                receiver.Take(new Decoded(pages.Message, Payloads(pages)));
            }
            _stage.Frames(60);
            Assert.That(_stage.Walk.Room.Activations.Lit, Is.EqualTo(5));
            Assert.That(_stage.Walk.Room.Highlights.Failed, Is.False);
            _stage.ComplainsOfNothing();
        }

        // A corridor of layers, all lit, as if a bridge had sent it.
        void Build(int walls)
        {
            _stage = new Stage(null);
            _stage.Frames(2);
            _stage.Walk.Hud.Open(null);
            Receiver receiver = _stage.Walk.Session.Receiver;
            Room room = Rooms.Corridor(walls);
            var axes = new[]
            {
                new Axis("channel", Shape.Tiles, AxisRole.Tile),
                new Axis("row", Shape.Height, AxisRole.Row),
                new Axis("column", Shape.Width, AxisRole.Column),
            };
            Node[] nodes = Array.ConvertAll(
                room.Stations, one => new Node(one.Key, "", "Conv2d", axes));
            var network = new Network(room.Network, nodes, new Edge[0], new Block[0]);
            Take(receiver, new Welcome(
                1, 0, "", "session", "viewer", "", 0, 0, Map<object>.Empty, new Picture[0],
                new Limits()));
            Take(receiver, new NetworkPublished(room.Network, "Corridor", network, "", ""));
            Take(receiver, new RoomPublished(room));
            Take(receiver, new InputPlaced(room.Network, "input", 1, "image"));
            Decoded glyphs = Golden.Read("glyphs");
            _atlas = new GlyphAtlas((Glyphs)glyphs.Message, glyphs.Payloads);
            _stage.Walk.Room.SetGlyphs(_atlas);
            _stage.Walk.Hud.Atlas = _atlas;
            foreach (Node node in nodes)
            {
                LayerPages pages = ResidentWalls.Pages(node.Name, 1, Shape, 0, 31);
                receiver.Take(new Decoded(pages.Message, Payloads(pages)));
            }
            Take(receiver, new Complete(room.Network, "input", 1, walls, 1));
            _stage.Until(() => _stage.Walk.Room.Activations.Lit == walls, "all is lit");
            _stage.Frames(300); // the hint about the connection is gone
            _nowS = _stage.App.Walk == null ? 0 : Time.unscaledTimeAsDouble;
        }

        GlyphAtlas _atlas;

        void Frame()
        {
            _nowS += FrameS;
            _stage.Walk.Update(_nowS, FrameS);
            _stage.Walk.LateUpdate(_nowS);
        }

        byte[][] Buffers()
        {
            Draw canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            string[] names =
            {
                "_LayerwalkWalls", "_LayerwalkPanels", "_LayerwalkLayers", "_LayerwalkNumbers",
            };
            return Array.ConvertAll(names, name => canvas.Buffer(name));
        }

        void DrawFrom(Outlook outlook)
        {
            _nowS += FrameS;
            _stage.Walk.Room.Draw(_nowS, outlook, false);
        }

        // How many draws something submits.
        static int Count(Action draw)
        {
            Player.Frame(0);
            int before = Player.Draws.Count;
            draw();
            Player.Frame(0);
            return Player.Draws.Count - before;
        }

        static void Replay(Draw[] draws, int count)
        {
            for (int i = 0; i < count; i++)
            {
                var how = new RenderParams(draws[i].Material) { worldBounds = draws[i].Bounds };
                if (draws[i].IsInstanced)
                {
                    Graphics.RenderMeshPrimitives(how, draws[i].Mesh, 0, draws[i].Instances);
                }
                else
                {
                    Graphics.RenderMesh(how, draws[i].Mesh, 0, Matrix4x4.identity);
                }
            }
        }

        static void Take(Receiver receiver, Message message)
        {
            receiver.Take(new Decoded(message, new ArraySegment<byte>[0]));
        }

        static ArraySegment<byte>[] Payloads(LayerPages pages)
        {
            var payloads = new List<ArraySegment<byte>> { pages.Ranges };
            for (int i = 0; i < pages.Message.Levels.Length; i++)
            {
                payloads.Add(pages.Image(i));
            }
            return payloads.ToArray();
        }

        static long Allocated(Action frame)
        {
            for (int i = 0; i < 20; i++)
            {
                frame();
            }
            Player.Frame(0);
            long before = AllocatedBytes();
            for (int i = 0; i < Frames; i++)
            {
                frame();
            }
            long bytes = AllocatedBytes() - before;
            Player.Frame(0);
            return bytes;
        }

        static Func<long> Counter()
        {
            MethodInfo exact = typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread", BindingFlags.Static | BindingFlags.Public);
            return exact == null
                ? () => GC.GetTotalMemory(false)
                : (Func<long>)Delegate.CreateDelegate(typeof(Func<long>), exact);
        }
    }
}
