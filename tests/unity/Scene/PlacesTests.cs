using System;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Places to stand, by what is on the screen from there.</summary>
    [TestFixture]
    public sealed class PlacesTests
    {
        static readonly ScreenArea Large = new ScreenArea(1600, 900, 24, 66, 1280, 784);

        [Test]
        public void BeforeAWallOneFacesIt()
        {
            Station station = Rooms.Station("stem", -2);
            VisitorPose pose = Places.BeforeWall(
                Rooms.Of(station), station, station.Walls[0], new Placement(), Large);
            Frame frame = Frame.Of(station.Walls[0]);
            Vec3 local = frame.LocalOf(pose.Position);
            Assert.That(local.Z, Is.EqualTo(2.75).Within(1e-9));
            Assert.That(local.X, Is.EqualTo(0).Within(1e-9));
            Assert.That(pose.Yaw, Is.EqualTo(0.9).Within(1e-9));
            Assert.That(pose.Position.Y, Is.EqualTo(VisitorPose.EyeM).Within(0.5));
        }

        [TestCase(1600, 900, 1280, 784, 1.5)]
        [TestCase(1600, 900, 1280, 784, 4.6)]
        [TestCase(900, 600, 608, 484, 1.5)]
        [TestCase(900, 600, 608, 484, 3.4)]
        public void AllOfAWallIsSeenBesideThePanels(
            double width, double height, double right, double bottom, double wide)
        {
            var screen = new ScreenArea(width, height, 24, 66, right, bottom);
            Station station = Rooms.Station("stem", -2);
            Wall wall = Rooms.Wall(-2, 0, wide);
            VisitorPose pose = Places.BeforeWall(
                Rooms.Of(station), station, wall, new Placement(), screen);
            foreach (double x in new[] { -wide / 2, wide / 2 })
            {
                foreach (double y in new[] { 1.2, 3.15 }) // the lowest tiles, and the name
                {
                    Vec2 at = OnScreen(pose, Frame.Of(wall).PointOf(x, y), width, height);
                    Assert.That(at.X, Is.InRange(screen.Left - 1, screen.Right + 1));
                    Assert.That(at.Y, Is.InRange(screen.Top - 1e-6, screen.Bottom + 1e-6));
                }
            }
            Assert.That(pose.Position.X, Is.LessThan(1.6)); // not behind what is across the aisle
        }

        [Test]
        public void BeforeAMovedWallOneStandsWhereItIsNow()
        {
            var placement = new Placement();
            Station station = Rooms.Station("stem", -2);
            placement.SetStations(new[] { station });
            placement.Set(
                "stem", new StationPose(new Vec3(1, 0, 2), Rotations.AboutY(Math.PI / 2), 2));
            Wall wall = station.Walls[0];
            VisitorPose pose = Places.BeforeWall(
                Rooms.Of(station), station, wall, placement, Large);
            Near.SameTurn(pose.Yaw, 0.9 + Math.PI / 2);
            Frame now = placement.Moved(Frame.Of(wall), "stem");
            Vec3 local = now.LocalOf(pose.Position);
            Assert.That(local.Z * 2, Is.GreaterThanOrEqualTo(5.5 - 1e-9));
            VisitorPose feet = Places.FeetBefore(
                Rooms.Of(station), station, wall, placement);
            Assert.That(feet.Position.Y, Is.EqualTo(0));
            Assert.That(now.LocalOf(feet.Position).Z, Is.GreaterThan(1));
            Assert.That(Places.Nearest(Rooms.Of(station), new Vec3(9, 9, 9), placement),
                Is.SameAs(station));
        }

        [TestCase(1600, 900, 1280)]
        [TestCase(900, 600, 608)]
        [TestCase(2560, 1080, 2240)]
        public void FromAboveStartAndRoomAreSeen(double width, double height, double right)
        {
            var screen = new ScreenArea(width, height, 24, 66, right, height - 116);
            Room room = Rooms.Of(Rooms.Station("stem", -2));
            VisitorPose pose = Places.Above(room, screen);
            double scale = -room.EndM / 60;
            Vec2 target = OnScreen(
                pose, new Vec3(1.9 * scale, 1.05 + 0.7 * scale, -15 * scale), width, height);
            Assert.That(target.X, Is.InRange(screen.Left, screen.Right));
            Assert.That(target.Y, Is.EqualTo(height / 2).Within(20));
            Vec2 photograph = OnScreen(pose, new Vec3(-2.4, 1.6, -1.5), width, height);
            Assert.That(photograph.X, Is.GreaterThan(screen.Left));
        }

        [Test]
        public void StartAisleAndBoardFaceWhatTheyAreFor()
        {
            Station station = Rooms.Station("a", -9);
            Room room = Rooms.Of(station);
            VisitorPose aisle = Places.OnAisle(room, station, new Placement(), Large);
            Near.Same(aisle.Position, new Vec3(0, 1.6, -4.75));
            Near.Same(Places.AtStart(room).Position, new Vec3(0, 1.6, 2));
            VisitorPose board = Places.AtBoard(room);
            Vec3 to = room.Board.PositionM.Minus(board.Position);
            var level = new Vec3(to.X, 0, to.Z);
            Assert.That(level.Length(), Is.EqualTo(7.5).Within(1e-9));
            Near.Same(level.Direction(),
                Rotations.AboutY(board.Yaw).Turn(new Vec3(0, 0, -1)));
        }

        [Test]
        public void StopsAreBlockByBlock()
        {
            Room room = Rooms.Of(
                Rooms.Station("stem", -2), Rooms.Station("a.0.conv", -5, "a.0"),
                Rooms.Station("a.0.add", -8, "a.0"), Rooms.Station("b.conv", -11, "", "b"),
                Rooms.Station("fc", -14));
            string[] keys = Places.Stops(room).Select(station => station.Key).ToArray();
            Assert.That(keys, Is.EqualTo(new[] { "stem", "a.0.conv", "b.conv", "fc" }));
        }

        // By the definition of yaw, pitch and field of view; pixels from the top left.
        static Vec2 OnScreen(VisitorPose pose, Vec3 point, double width, double height)
        {
            Vec3 local = pose.Eyes.Rotation.Inverse().Turn(point.Minus(pose.Position));
            double pixels = height / (2 * Math.Tan(pose.Fov * Math.PI / 360));
            return new Vec2(
                width / 2 + local.X / -local.Z * pixels, height / 2 - local.Y / -local.Z * pixels);
        }
    }
}
