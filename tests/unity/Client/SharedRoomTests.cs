using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>What one visitor changes, others see: here, and with a Python client.</summary>
    [TestFixture]
    public sealed class SharedRoomTests : WalkTests
    {
        const string RightButton = "<Mouse>/rightButton", Position = "<Mouse>/position";

        [Test]
        public void AWallThatIsDraggedHereIsMovedForThePythonClient()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            Vec3 before = _stage.Walk.Room.Placement.PoseOf(station).Position;
            Devices.Set(Position, pixel);
            Devices.Press(RightButton);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(station));
            Devices.Set(Position, pixel + new Vector2(60, 0));
            _stage.Frames(20);
            Devices.Release(RightButton);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(""));
            Vec3 here = _stage.Walk.Room.Placement.PoseOf(station).Position;
            Assert.That(here.X - before.X, Is.GreaterThan(0.1));
            _stage.Until(() => Near(_bridge.Where(station), here), "the Python client's news");
            _stage.Until(
                () => _stage.State.Document.At("stations", "main", station) != null,
                "the bridge's news");
            Assert.That(_stage.WallOrigin(station).x, Is.Not.EqualTo((float)Home(station).X));
            // Back home, by the key.
            _stage.Walk.Room.Highlights.Chosen = station;
            Devices.Press("<Keyboard>/r");
            _stage.Frames(1);
            Devices.Release("<Keyboard>/r");
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AWallThatIsLetGoOfStaysWhereTheHandLeftIt()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            Devices.Set(Position, pixel);
            Devices.Press(RightButton);
            _stage.Frames(2);
            for (int i = 0; i < 8; i++)
            {
                Devices.Set(Position, pixel + new Vector2(10 * i, 0));
                _stage.Frames(1);
            }
            Vector3 before = _stage.WallOrigin(station);
            Devices.Release(RightButton);
            for (int i = 0; i < 30; i++)
            {
                _stage.Frames(1); // the news is on its way, and comes
                Assert.That((_stage.WallOrigin(station) - before).magnitude, Is.LessThan(1e-4));
            }
            _stage.Until(() => _stage.Walk.Edits.HasHeard && _bridge.Where(station) != null,
                "the news");
            _stage.Frames(2);
            Assert.That((_stage.WallOrigin(station) - before).magnitude, Is.LessThan(1e-4));
            _stage.Walk.Edits.Reset(station);
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
        }

        [Test]
        public void AWallThatThePythonClientMovesIsMovedHere()
        {
            string station = _stage.State.Room.Stations[0].Key;
            _bridge.Tell("move " + station + " 1.5 0.25 -4 2");
            _stage.Until(() => Near(
                new[] { 1.5, 0.25, -4 }, _stage.Walk.Room.Placement.PoseOf(station).Position),
                "the move");
            _stage.Frames(2);
            Wall wall = _stage.State.Room.Stations[0].Walls[0];
            Vec3 origin = _stage.State.Room.Stations[0].OriginM;
            var wanted = new Vector3(
                (float)(1.5 + 2 * (wall.PositionM.X - origin.X)),
                (float)(0.25 + 2 * (wall.PositionM.Y - origin.Y)),
                (float)(-4 + 2 * (wall.PositionM.Z - origin.Z)));
            Assert.That((_stage.WallOrigin(station) - wanted).magnitude, Is.LessThan(1e-4));
            _stage.Walk.Edits.Reset(station);
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
        }

        [Test]
        public void AWallThatSomebodyElseHoldsComesBackAtOnce()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            _bridge.Tell("hold " + LayerOf(station) + " 20");
            Devices.Set(Position, pixel);
            Devices.Press(RightButton);
            _stage.Frames(2);
            Devices.Set(Position, pixel + new Vector2(80, 0));
            _stage.Until(() => _stage.Walk.Holding.Station == "", "the refusal");
            Assert.That(_stage.State.Notice, Is.Not.EqualTo(""));
            Vec3 home = Home(station);
            _stage.Frames(2);
            Assert.That((_stage.WallOrigin(station) - Plain(home)).magnitude, Is.LessThan(1e-4));
            Assert.That(_bridge.Where(station), Is.Null);
            _bridge.Tell("hold " + LayerOf(station) + " 0");
            Devices.Release(RightButton);
            _stage.Frames(1);
        }

        [Test]
        public void ABlockThatIsClosedHereIsClosedForAllAndOneThatIsOpenedThereOpensHere()
        {
            string[] open = _stage.State.Room.Expanded;
            Assert.That(open, Has.Member("block"));
            int stations = _stage.State.Room.Stations.Length;
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Tap("<Keyboard>/backspace");
            _stage.Until(() => _stage.State.Room.Expanded.Length == 0, "the block is closed");
            Assert.That(_bridge.Tell("expanded"), Is.Empty);
            Assert.That(_stage.State.Room.Stations.Length, Is.LessThan(stations));
            _bridge.Tell("expand block");
            _stage.Until(() => _stage.State.Room.Expanded.Contains("block"), "the block is open");
            _stage.UntilLit();
            Assert.That(_stage.State.Room.Stations.Length, Is.EqualTo(stations));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void APictureOfTheShelfIsPlacedByItsDigitAndHangsAsThePhotograph()
        {
            _stage.Until(
                () => _stage.Walk.Room.Exhibits.Shelf.Hung.Count == 6, "the shelf's pictures");
            _stage.Tap("<Keyboard>/2");
            string id = _stage.State.Shelf[1].Id;
            _stage.Until(() => _stage.State.Run.Picture == id && _stage.State.Run.Complete,
                "the run");
            _stage.UntilLit();
            int wide = _stage.State.Photograph.Width;
            Draw photograph = Player.Draws.First(draw => draw.Shader == "Layerwalk/Picture"
                && draw.Value<Texture>("_LayerwalkPictures").width == wide);
            Assert.That(photograph.Vertices, Is.EqualTo(6));
            _stage.ComplainsOfNothing();
        }

        string LayerOf(string station)
        {
            return _stage.State.Room.Stations.First(one => one.Key == station).Layers[0];
        }

        Vec3 Home(string station)
        {
            return _stage.State.Room.Stations.First(one => one.Key == station).Walls[0].PositionM;
        }

        static Vector3 Plain(Vec3 v)
        {
            return new Vector3((float)v.X, (float)v.Y, (float)v.Z);
        }

        static bool Near(double[] at, Vec3 wanted)
        {
            return at != null && new Vec3(at[0], at[1], at[2]).DistanceTo(wanted) < 1e-4;
        }
    }
}
