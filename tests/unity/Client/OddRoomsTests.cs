using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;
using Gate = Layerwalk.Protocol.Gate;
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
        public void ATextOfMillionsOfLettersIsCut()
        {
            int usual = _stage.Walk.Room.Texts.Letters;
            Text text = _stage.State.Room.Texts[0];
            var spans = new[]
            {
                new Span("a wall", Palette.Text),
                new Span(new string('w', 3000000), Palette.Text),
            };
            Show(null, _stage.State.Room.Texts.Concat(
                new[] { new Text(spans, text.PositionM, text.CapM) }).ToArray());
            _stage.Frames(3);
            Assert.That(_stage.Walk.Room.Texts.Letters - usual,
                Is.InRange(100, Sentences.LongestLine));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ARoomHasABoundedNumberOfLetters()
        {
            Text text = _stage.State.Room.Texts[0];
            var spans = new[] { new Span(new string('w', 150), Palette.Text) };
            var one = new Text(spans, text.PositionM, text.CapM);
            Show(null, Enumerable.Repeat(one, 3000).ToArray());
            _stage.Frames(3);
            Assert.That(_stage.Walk.Room.Texts.Letters, Is.InRange(
                Lettering.MostLetters / 2, Lettering.MostLetters + Sentences.LongestLine));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void NamesWithoutEndAreCutOnBoardGatesAndPanels()
        {
            var name = new string('w', 20000);
            Receiver receiver = _stage.Walk.Session.Receiver;
            Action<Message> take = message =>
                receiver.Take(new Decoded(message, new ArraySegment<byte>[0]));
            var watch = System.Diagnostics.Stopwatch.StartNew();
            take(new Prediction(
                _stage.State.NetworkName, "", _stage.State.Run.Id,
                Enumerable.Repeat(new Score(0, name, 0.5), 10).ToArray()));
            take(new Error(null, "odd", name));
            Show(gates: new[] { new Gate(-5, name, name, 2, 3) });
            _stage.Frames(3);
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(20));
            Vector3[] corners = Player.Draws.Where(draw => draw.Shader == "Layerwalk/Text")
                .SelectMany(draw => draw.Mesh.vertices).ToArray();
            Assert.That(corners.Length, Is.LessThan(100000));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ANameWithoutEndIsNotMeasuredWheneverTheVisitorMoves()
        {
            Show(fields: new[] { new Field("block", new string('w', 3000000), -4, -9, 5, true) });
            _stage.Frames(3);
            _stage.Walk.Menus.Run(Command.Overview);
            var watch = System.Diagnostics.Stopwatch.StartNew();
            _stage.Frames(60);
            Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(10));
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.GreaterThan(0));
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

        void Show(
            Station[] stations = null, Text[] texts = null, Gate[] gates = null,
            Field[] fields = null)
        {
            Room room = _stage.State.Room;
            var odd = new Room(
                room.Network, room.Revision + 1, room.Expanded, stations ?? room.Stations,
                texts ?? room.Texts, room.Boxes, room.Tubes, room.FloorLines, room.Rings,
                room.Discs, fields ?? room.Fields, gates ?? room.Gates, room.Marks, room.Photograph,
                room.Shelf, room.Board, room.Start, room.EndM);
            _stage.Walk.Session.Receiver.Take(
                new Decoded(new RoomPublished(odd), new ArraySegment<byte>[0]));
        }
    }
}
