using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Who wears a headset: teleporting, turning, walking with sticks.</summary>
    [TestFixture]
    public sealed class HeadsetTests
    {
        static readonly FloorArea Floor = new FloorArea(-50, 50, 50, -50);

        [Test]
        public void AThrowLandsWhereABallWould()
        {
            var arc = new TeleportArc(64);
            arc.Throw(Hand(1.2, 0.5), Floor, new PlacedWall[0]);
            Assert.That(arc.Valid, Is.True);
            // Step by step, slowly.
            double y = 1.2, z = 0, up = 8 * Math.Sin(0.5);
            for (; y > 0; up -= 9.81 * 1e-5)
            {
                y += up * 1e-5;
                z -= 8 * Math.Cos(0.5) * 1e-5;
            }
            Near.Same(arc.End, new Vec3(0, 0, z), 1e-2);
            Near.Same(arc.Points[0], new Vec3(0, 1.2, 0));
            Near.Same(arc.Points[arc.Count - 1], arc.End);
        }

        [TestCase(0.2)]
        [TestCase(5)]
        public void ARaisedWallIsInTheWayWhereItIsBelowTheEyes(double scale)
        {
            foreach (double foot in new[] { 1.0, 3.0 })
            {
                var placement = new Placement();
                var pose = new StationPose(new Vec3(0, foot, -4), Rotations.None, scale);
                placement.Set("a", pose);
                Walls walls = Rooms.Built(Rooms.Of(Rooms.Station("a", -4)), placement);
                Vec3 middle = walls.All[0].Frame.PointOf(0, 0);
                var feet = new Vec3(middle.X, 0, middle.Z);
                bool below = middle.Y < VisitorPose.EyeM;
                Assert.That(TeleportArc.IsClear(feet, walls.All), Is.EqualTo(!below));
            }
        }

        [Test]
        public void OneTeleportsNeitherThroughWallsNorIntoThemNorBesideTheFloor()
        {
            var placement = new Placement();
            Walls walls = Rooms.Built(Rooms.Of(Rooms.Station("a", -4)), placement);
            PlacedWall wall = walls.All[0];
            var arc = new TeleportArc();
            Vec3 before = wall.Frame.PointOf(0, 1.5, 2);
            RigidPose towards = new RigidPose(
                before, Rotations.Looking(0.9, 0)); // -z of a yaw of 0.9 is against the normal
            arc.Throw(towards, Floor, walls.All);
            Assert.That(arc.Valid, Is.False);
            Assert.That(wall.Frame.LocalOf(arc.End).Z, Is.EqualTo(0).Within(1e-6));
            Assert.That(arc.End.Y, Is.InRange(1, 1.6)); // it ends there, and not on the floor
            Vec3 close = wall.Frame.PointOf(0, 1.2, 0.2);
            arc.Throw(new RigidPose(close, Rotations.Looking(0, -1.57)), Floor, walls.All);
            Assert.That(arc.End.Y, Is.EqualTo(0));
            Assert.That(arc.Valid, Is.False);
            Assert.That(TeleportArc.IsClear(wall.Frame.PointOf(0, 0, 0.2), walls.All), Is.False);
            Assert.That(TeleportArc.IsClear(wall.Frame.PointOf(0, 0, 1), walls.All), Is.True);
            arc.Throw(Hand(1.2, 0), new FloorArea(-50, 50, 50, -1), new PlacedWall[0]);
            Assert.That(arc.Valid, Is.False);
            arc.Throw(Hand(1.2, 0), Floor, new PlacedWall[0]);
            Assert.That(arc.Valid, Is.True);
        }

        [Test]
        public void AFlickTurnsOnce()
        {
            var turn = new SnapTurn(Math.PI / 4);
            double sum = 0;
            foreach (double stick in new[] { 0, 0.5, 0.8, 1, 1, 0.8, 0.6, 0.8, 0.1, -1, -1, 0 })
            {
                sum += turn.Step(stick);
            }
            Assert.That(sum, Is.EqualTo(0).Within(1e-12)); // once right, once left
            Assert.That(turn.Step(1), Is.EqualTo(-Math.PI / 4)); // right is a negative yaw
        }

        [Test]
        public void TurningLeavesTheHeadWhereItIs()
        {
            var near = new Near(5);
            var head = new RigidPose(new Vec3(0.7, 1.6, -0.4), Rotations.Looking(0.3, -0.2));
            var space = new TrackedSpace(near.Point(), 1.1);
            TrackedSpace turned = space.Turned(head.Position, 0.8);
            Near.Same(turned.InRoom(head).Position, space.InRoom(head).Position);
            double yaw = space.InRoom(head).Rotation.Yaw();
            Near.SameTurn(turned.InRoom(head).Rotation.Yaw(), yaw + 0.8);
        }

        [Test]
        public void StandingSomewherePutsTheHeadThereNotTheMiddleOfThePlayArea()
        {
            var head = new RigidPose(new Vec3(0.7, 1.6, -0.4), Rotations.Looking(0.3, 0));
            TrackedSpace space = new TrackedSpace(new Vec3(1, 0, 2), 0.5);
            space = space.Standing(head, new Vec3(-3, 0, -9), 2.2);
            Near.Same(space.InRoom(head).Position, new Vec3(-3, 1.6, -9));
            Near.SameTurn(space.InRoom(head).Rotation.Yaw(), 2.2);
            Near.Same(space.FeetOf(head.Position), new Vec3(-3, 0, -9));
        }

        [Test]
        public void SticksWalkWhereOneFacesNoFasterDiagonally()
        {
            var sticks = new StickMotion(2.5);
            Vec3 gone = Walked(sticks, 0, 1, Math.PI / 2, 2);
            Assert.That(gone.X, Is.InRange(-5, -4.7));
            Assert.That(gone.Z, Is.EqualTo(0).Within(1e-9));
            Vec3 diagonal = Walked(new StickMotion(2.5), 1, 1, 0, 2);
            Assert.That(diagonal.Length(), Is.LessThanOrEqualTo(5));
            Assert.That(diagonal.X, Is.EqualTo(-diagonal.Z).Within(1e-9));
            Assert.That(Walked(new StickMotion(), 0.05, 0.1, 0, 1).Length(), Is.EqualTo(0));
            Assert.That(new StickMotion().Turn(1, 0.1), Is.LessThan(0)); // to the right
        }

        [Test]
        public void TheEdgeOfSightDarkensWithSpeedAndOnlyThen()
        {
            Assert.That(Vignette.Wanted(0.2, 0), Is.EqualTo(0));
            Assert.That(Vignette.Wanted(3, 0), Is.EqualTo(1));
            Assert.That(Vignette.Wanted(0, -1.6), Is.EqualTo(1));
            double before = 0;
            for (double speed = 0; speed < 4; speed += 0.1)
            {
                double now = Vignette.Wanted(speed, 0);
                Assert.That(now, Is.GreaterThanOrEqualTo(before));
                before = now;
            }
            var vignette = new Vignette();
            vignette.Step(6, 0, 0.5, 10);
            Assert.That(vignette.Strength, Is.EqualTo(0.5).Within(1e-6)); // as comfort has it
            vignette.Step(0, 0, 0.5, 10);
            Assert.That(vignette.Strength, Is.EqualTo(0));
        }

        static Vec3 Walked(StickMotion sticks, double x, double y, double yaw, double seconds)
        {
            var gone = default(Vec3);
            for (int frame = 0; frame < seconds * 90; frame++)
            {
                gone = gone.Plus(sticks.Walk(x, y, yaw, 1 / 90.0));
            }
            return gone;
        }

        static RigidPose Hand(double height, double pitch)
        {
            return new RigidPose(new Vec3(0, height, 0), Rotations.Looking(0, pitch));
        }
    }
}
