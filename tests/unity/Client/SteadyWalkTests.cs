using System;
using System.Collections.Generic;
using System.Linq;
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
        const int Walls = 500;

        static readonly TileShape Shape = new TileShape(16, 14, 14);

        Stage _stage;

        [TearDown]
        public void Close()
        {
            _stage.Dispose();
        }

        [Test]
        public void AFrameAllocatesNothingAtFiveHundredWalls()
        {
            Build(Walls);
            string station;
            Devices.Set("<Mouse>/position", _stage.PixelOfAWall(out station));
            _stage.AllocatesNothing();
        }

        [Test]
        public void NorDoesOneInWhichOtherWallsComeIntoViewUntilSomethingElseIsAskedFor()
        {
            Build(Walls);
            VisitorPose from = _stage.Walk.Body.Desktop.Visitor.Pose;
            Devices.Press("<Keyboard>/w");
            Devices.Press("<Keyboard>/leftShift");
            Stage.Allocated(100);
            long[] bytes = Stage.Allocated(200);
            Assert.That(bytes.Count(each => each > 0), Is.LessThanOrEqualTo(10)); // 3 a second
            Vec3 to = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
            Assert.That(from.Position.Z - to.Z, Is.GreaterThan(5));
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

        // Its time is what tests/benchmarks/unity_frames.py measures.
        [Test]
        public void AsMuchIsAskedOfTheEngineAtFiveHundredWallsAsAtFive()
        {
            Build(5);
            int fewDraws = Player.Draws.Count;
            long few = Calls();
            _stage.Dispose();
            Build(Walls);
            Assert.That(few, Is.GreaterThan(100));
            Assert.That(Calls(), Is.InRange(few, few + 30)); // a draw or two more
            Assert.That(Player.Draws.Count, Is.InRange(fewDraws, fewDraws + 2));
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
        }

        GlyphAtlas _atlas;

        // Of a frame's scripts and of the double that calls them.
        static long Calls()
        {
            long before = MainThread.Calls;
            Player.Frame();
            return MainThread.Calls - before;
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
    }
}
