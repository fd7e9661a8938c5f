using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;
using UnityDouble;
using Text = Layerwalk.Protocol.Text;

namespace Layerwalk.Tests
{
    /// <summary>Rooms that no bridge of ours would send.</summary>
    [TestFixture]
    public sealed class OddRoomsTests : WalkTests
    {
        [Test]
        public void OneWithoutStationsIsSkyFloorAndBoard()
        {
            Show(stations: new Station[0], texts: new Text[0]);
            _stage.Walk.Navigator.Step(1);
            _stage.Walk.Navigator.Close();
            _stage.Walk.Menus.Run(Command.OpenBlock);
            _stage.Frames(100);
            string[] drawn = Player.Draws.Select(draw => draw.Shader).ToArray();
            Assert.That(drawn, Has.Member("Layerwalk/Floor").And.Member("Layerwalk/Picture"));
            _stage.ComplainsOfNothing();
        }

        [TestCase("")]
        [TestCase("red")]
        [TestCase("#12345")]
        [TestCase("#zzzzzz")]
        [TestCase("#12345678")]
        public void AColourThatIsNoneIsThatOfText(string colour)
        {
            Text text = _stage.State.Room.Texts[0];
            Show(null, new[]
            {
                new Text(new[] { new Span("odd", colour) }, text.PositionM, text.CapM),
            });
            _stage.Frames(3);
            Assert.That(_stage.Walk.Room.Texts.Letters, Is.GreaterThanOrEqualTo(3));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void NumbersThatAreNoneStayInTheRoomThatHasThem()
        {
            var nowhere = new Vec3(double.NaN, double.PositiveInfinity, 0);
            Station[] stations = Array.ConvertAll(_stage.State.Room.Stations, one => new Station(
                one.Key, one.Layers, one.Shown, one.Title, one.Shape, one.Block, nowhere,
                Array.ConvertAll(one.Walls, wall => new Wall(
                    wall.Layer, wall.Side, nowhere, double.NaN, double.NaN, double.NaN,
                    wall.Panels))));
            Show(stations);
            _stage.Walk.Navigator.GoTo(_stage.State.Room.Stations[0], 0);
            _stage.Frames(60);
            _stage.Walk.Navigator.Home();
            _stage.Frames(200);
            Assert.That(_stage.Walk.Body.Rig.Eyes.Position.Z, Is.InRange(-1000, 1000));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ThousandsOfWallsAreDrawnInAsFewCalls()
        {
            Station[] stations = _stage.State.Room.Stations;
            Show(Enumerable.Range(0, 3000).Select(i => stations[i % stations.Length])
                .Select((one, i) => new Station(
                    one.Key + i, one.Layers, one.Shown, one.Title, one.Shape, one.Block,
                    one.OriginM, one.Walls)).ToArray());
            _stage.Frames(3);
            Assert.That(_stage.Walk.Room.Walls.All.Length, Is.GreaterThanOrEqualTo(3000));
            Assert.That(_stage.WallDraws.Length, Is.InRange(3, 8));
            _stage.ComplainsOfNothing();
        }

        void Show(Station[] stations = null, Text[] texts = null)
        {
            Room room = _stage.State.Room;
            var odd = new Room(
                room.Network, room.Revision + 1, room.Expanded, stations ?? room.Stations,
                texts ?? room.Texts, room.Boxes, room.Tubes, room.FloorLines, room.Rings,
                room.Discs, room.Fields, room.Gates, room.Marks, room.Photograph, room.Shelf,
                room.Board, room.Start, room.EndM);
            _stage.Walk.Session.Receiver.Take(
                new Decoded(new RoomPublished(odd), new ArraySegment<byte>[0]));
        }
    }
}
