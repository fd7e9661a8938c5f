using System;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>The way through rooms that are no corridors.</summary>
    [TestFixture]
    public sealed class AisleTests
    {
        // A quarter of a circle of 10 m to the left, a metre of depth for a metre of way.
        static readonly Waypoint[] Bend = Enumerable.Range(0, 17).Select(i =>
        {
            double angle = i * Math.PI / 32;
            var at = new Vec3(-10 + 10 * Math.Cos(angle), 0, -10 * Math.Sin(angle));
            return new Waypoint(2 - 10 * angle, at, angle);
        }).ToArray();

        // Two rows of two places each.
        static readonly Waypoint[] Rows =
        {
            new Waypoint(2, new Vec3(0, 0, 2)), new Waypoint(-3, new Vec3(-4, 0, -9)),
            new Waypoint(-6, new Vec3(4, 0, -9)), new Waypoint(-9, new Vec3(-4, 5, -9)),
            new Waypoint(-12, new Vec3(4, 5, -9)),
        };

        [Test]
        public void WhatIsOnTheAisleLooksAlongItAndKnowsHowDeepItIs()
        {
            Room room = Of(RoomLayout.Spiral, Bend);
            for (double depth = 2; depth > -13.7; depth -= 0.3)
            {
                VisitorPose pose = Aisle.At(room, depth);
                Assert.That(Aisle.DepthOf(room, pose.Position), Is.EqualTo(depth).Within(1e-6));
                double angle = (2 - depth) / 10;
                Assert.That(pose.Yaw, Is.EqualTo(angle).Within(1e-6));
                var middle = new Vec3(-10, VisitorPose.EyeM, 0);
                Assert.That(pose.Position.DistanceTo(middle), Is.EqualTo(10).Within(0.02));
            }
            Assert.That(Aisle.At(room, -99).Position.X, Is.EqualTo(-10).Within(1e-9)); // its end
        }

        [Test]
        public void InATowerOneStandsBeforeOnePlaceOrTheNextInEveryRow()
        {
            Room room = Of(RoomLayout.Tower, Rows);
            for (double depth = 2; depth > -12; depth -= 0.1)
            {
                Vec3 at = Aisle.At(room, depth).Position;
                Vec3 feet = at.Minus(new Vec3(0, VisitorPose.EyeM, 0));
                Assert.That(Rows.Any(one => one.PositionM.DistanceTo(feet) < 1e-9), Is.True);
            }
            Near.Same(Aisle.At(room, -9).Position, new Vec3(-4, 5 + VisitorPose.EyeM, -9));
            Assert.That(Aisle.DepthOf(room, new Vec3(3, 6.5, -8)), Is.InRange(-12, -11));
            Assert.That(Aisle.FloorAt(room, new Vec3(3, 6.5, -8)), Is.EqualTo(5));
            Assert.That(Aisle.FloorAt(room, new Vec3(3, 1.6, -8)), Is.EqualTo(0));
            Assert.That(Aisle.FloorAt(Of(RoomLayout.Spiral, Bend), new Vec3(0, 6, 0)),
                Is.EqualTo(0));
        }

        [Test]
        public void ThePartThatLiesBehindIsTheSameInEveryLayout()
        {
            Room corridor = Rooms.Of(Rooms.Station("stem", -2)), bend = Of(RoomLayout.Spiral, Bend);
            foreach (double share in new[] { 0.3, 0.5, 0.9 })
            {
                foreach (Room room in new[] { corridor, bend })
                {
                    Vec3 there = Aisle.AtShare(room, share).Position;
                    Assert.That(Aisle.ShareOf(room, there), Is.EqualTo(share).Within(1e-6));
                }
            }
            Assert.That(Aisle.ShareOf(bend, new Vec3(0, 1.6, 1)), Is.EqualTo(0)); // at the start
        }

        [Test]
        public void OneMayStandWhereTheAisleLeadsAndNotAsFarAsItIsLong()
        {
            Room room = Of(RoomLayout.Spiral, Bend); // its end is 50 m deep
            FloorArea floor = FloorArea.Of(room, new PlacedWall[0]);
            Assert.That(floor.Contains(new Vec3(-12, 0, -12)), Is.True);
            Assert.That(floor.Contains(new Vec3(0, 0, -20)), Is.False);
            FloorArea corridor = FloorArea.Of(
                Rooms.Of(Rooms.Station("stem", -2)), new PlacedWall[0]);
            Assert.That(corridor.Contains(new Vec3(0, 0, -50)), Is.True);
        }

        [Test]
        public void ThePlaceBeforeAWallIsTheSameWhereverItStands()
        {
            Station here = Rooms.Station("stem", -2);
            var there = new Station(
                "stem", here.Layers, "stem", "stem", "8", "", new Vec3(3, 5, -20),
                new[]
                {
                    new Wall(
                        "", -1, new Vec3(2, 5.06, -21), -0.4, 1.5, 3.25, here.Walls[0].Panels),
                });
            var at = new Placement();
            at.SetStations(new[] { here });
            var then = new Placement();
            then.SetStations(new[] { there });
            var pose = new VisitorPose(new Vec3(-1.2, 1.6, 0.5), 0.7, 0.1);
            VisitorPose moved = StandingPlace.Of(here, pose, at).Before(there, then);
            Vec3 before = Frame.Of(here.Walls[0]).LocalOf(pose.Position);
            Near.Same(Frame.Of(there.Walls[0]).LocalOf(moved.Position), before);
            Assert.That(moved.Yaw, Is.EqualTo(0.7 - 0.9 - 0.4).Within(1e-9));
            Assert.That(moved.Pitch, Is.EqualTo(0.1));
        }

        static Room Of(RoomLayout layout, Waypoint[] way)
        {
            Room room = Rooms.Of(Rooms.Station("stem", -2));
            return new Room(
                room.Network, room.Revision, room.Expanded, room.Stations, room.Texts, room.Boxes,
                room.Tubes, room.FloorLines, room.Rings, room.Discs, room.Fields, room.Gates,
                room.Marks, room.Photograph, room.Shelf,
                new Picture3D(way[way.Length - 1].PositionM, 0, 4, 2.5), room.Start,
                layout == RoomLayout.Tower ? -12 : -13.7, layout, 1, way);
        }
    }
}
