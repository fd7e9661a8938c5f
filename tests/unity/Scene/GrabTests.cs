using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Stations in one hand and in two.</summary>
    [TestFixture]
    public sealed class GrabTests
    {
        static readonly Vec3 Origin = new Vec3(0, 0, -4);
        static readonly StationPose Home = StationPose.Home(Origin);

        [Test]
        public void AHandThatDoesNotMoveMovesNothing()
        {
            var near = new Near(7);
            var station = new StationPose(new Vec3(1, 0.2, 3), Rotations.AboutY(0.4), 1.3);
            var hand = new RigidPose(near.Point(), near.Rotation());
            Same(new OneHandGrab(hand, station).At(hand), station);
            Vec3 left = near.Point(), right = near.Point();
            Same(new TwoHandGrab(left, right, station).At(left, right), station);
        }

        [Test]
        public void WhatIsHeldKeepsItsOffsetFromTheHand()
        {
            var near = new Near(8);
            for (int i = 0; i < 50; i++)
            {
                Vec3 grip = new Vec3(near.Between(-1, 1), near.Between(1, 2), -5);
                var hand = new RigidPose(new Vec3(0, 1.2, 0), Rotations.Looking(0, -0.3));
                double yaw = near.Between(-2, 2);
                Vec3 by = near.Point();
                var now = new RigidPose(
                    hand.Position.Plus(new Vec3(by.X, 5 + by.Y, by.Z)),
                    Rotations.AboutY(yaw).After(hand.Rotation));
                StationPose station = new OneHandGrab(hand, Home).At(now);
                Vec3 inHand = hand.Rotation.Inverse().Turn(grip.Minus(hand.Position));
                Near.Same(station.Moved(grip, Origin), now.PointOf(inHand));
                Assert.That(station.Scale, Is.EqualTo(1));
            }
        }

        [TestCase(90)]
        [TestCase(-120)]
        [TestCase(170)]
        public void AWristThatRollsTurnsNoWall(double degrees)
        {
            Vec4 pointing = Rotations.Looking(0.7, -0.5);
            double half = degrees * Math.PI / 360;
            Vec4 roll = new Vec4(0, 0, -Math.Sin(half), Math.Cos(half)); // about the way it points
            var hand = new RigidPose(new Vec3(0, 1.2, 0), pointing);
            var rolled = new RigidPose(hand.Position, pointing.After(roll));
            Same(new OneHandGrab(hand, Home).At(rolled), Home);
            Assert.That(rolled.Rotation.Yaw(), Is.EqualTo(0.7).Within(1e-9));
        }

        [TestCase(0.3)]
        [TestCase(-2.5)]
        public void AHandThatTiltsBeyondStraightUpDoesNotTurnTheWallOver(double yaw)
        {
            var at = new Vec3(0, 1.2, 0);
            var grab = new OneHandGrab(new RigidPose(at, Rotations.Looking(yaw, 0)), Home);
            for (double pitch = 0; pitch < 2.2; pitch += 0.02)
            {
                Same(grab.At(new RigidPose(at, Rotations.Looking(yaw, pitch))), Home);
            }
            // There, too, it turns with the hand.
            for (double turn = 0; turn < 0.5; turn += 0.02)
            {
                grab.At(new RigidPose(at, Rotations.Looking(yaw + turn, Math.PI / 2)));
            }
            var last = new RigidPose(at, Rotations.Looking(yaw + 0.5, 0));
            Assert.That(grab.At(last).Rotation.Yaw(), Is.EqualTo(0.5).Within(1e-9));
        }

        [Test]
        public void WallsStayUprightAndAboveTheFloorHoweverTheHandTilts()
        {
            var near = new Near(9);
            for (int i = 0; i < 50; i++)
            {
                var hand = new RigidPose(near.Point(), near.Rotation());
                var now = new RigidPose(near.Point(), near.Rotation());
                StationPose station = new OneHandGrab(hand, Home).At(now);
                Near.Same(station.Turned(Vectors.Up), Vectors.Up);
                Assert.That(station.Position.Y, Is.GreaterThanOrEqualTo(0));
            }
        }

        [Test]
        public void BothHandsKeepTheirGrip()
        {
            var near = new Near(10);
            for (int i = 0; i < 50; i++)
            {
                // Hands at one height, as the floor and the vertical bind the station.
                Vec3 left = new Vec3(-0.4, 1.4, -0.5), right = new Vec3(0.4, 1.4, -0.5);
                var grab = new TwoHandGrab(left, right, Home);
                double apart = near.Between(0.3, 2), yaw = near.Between(-3, 3);
                var middle = new Vec3(near.Between(-1, 1), 6, near.Between(-1, 1));
                Vec3 half = Rotations.AboutY(yaw).Turn(new Vec3(apart / 2, 0, 0));
                StationPose station = grab.At(middle.Minus(half), middle.Plus(half));
                Assert.That(station.Scale, Is.EqualTo(apart / 0.8).Within(1e-9));
                Near.Same(station.Moved(left, Origin), middle.Minus(half));
                Near.Same(station.Moved(right, Origin), middle.Plus(half));
            }
        }

        [TestCase(0.2)] // one hand stays behind the other
        [TestCase(-0.2)] // or passes over it
        public void ATurnStaysWhileOneHandIsAboveTheOther(double beyond)
        {
            Vec3 left = new Vec3(-0.4, 1.4, 0), right = new Vec3(0.4, 1.4, 0);
            var grab = new TwoHandGrab(left, right, Home);
            var middle = new Vec3(0, 1.4, 0);
            StationPose turned = default(StationPose);
            for (int i = 0; i <= 10; i++)
            {
                Vec3 half = Rotations.AboutY(0.1 * i).Turn(new Vec3(0.4, 0, 0));
                turned = grab.At(middle.Minus(half), middle.Plus(half));
            }
            Near.Same(turned.Turned(Vectors.Up), Vectors.Up);
            Assert.That(turned.Rotation.Yaw(), Is.EqualTo(1).Within(1e-9));
            Vec3 along = Rotations.AboutY(1).Turn(new Vec3(1, 0, 0));
            foreach (double level in new[] { 0.1, 0.02, 0, beyond })
            {
                Vec3 half = along.Times(level).Plus(new Vec3(0, 0.4, 0));
                StationPose now = grab.At(middle.Minus(half), middle.Plus(half));
                Assert.That(now.Rotation.Yaw(), Is.EqualTo(1).Within(1e-9), "" + level);
            }
        }

        [Test]
        public void HandsThatBeginAboveEachOtherTurnNothingUntilTheyHaveADirection()
        {
            Vec3 low = new Vec3(0, 1, 0), high = new Vec3(0, 1.8, 0);
            var grab = new TwoHandGrab(low, high, Home);
            Vec3 north = new Vec3(0, 1.4, -0.4), south = new Vec3(0, 1.4, 0.4);
            Assert.That(grab.At(south, north).Rotation.Yaw(), Is.EqualTo(0).Within(1e-9));
            Vec3 half = Rotations.AboutY(0.3).Turn(new Vec3(0, 0, -0.4));
            var middle = new Vec3(0, 1.4, 0);
            StationPose turned = grab.At(middle.Minus(half), middle.Plus(half));
            Assert.That(turned.Rotation.Yaw(), Is.EqualTo(0.3).Within(1e-9));
        }

        [Test]
        public void ScalesStayWithinBoundsButWhatWasBeyondDoesNotJump()
        {
            Vec3 left = new Vec3(-0.5, 1, 0), right = new Vec3(0.5, 1, 0);
            var grab = new TwoHandGrab(left, right, Home);
            Assert.That(grab.At(left.Times(100), right.Times(100)).Scale, Is.EqualTo(5));
            Assert.That(grab.At(left.Times(1e-6), right.Times(1e-6)).Scale, Is.EqualTo(0.2));
            var huge = new TwoHandGrab(left, right, new StationPose(Origin, Rotations.None, 20));
            Assert.That(huge.At(left, right).Scale, Is.EqualTo(20));
            Assert.That(huge.At(left.Times(0.5), right.Times(0.5)).Scale, Is.EqualTo(10));
            // Hands that touch, or one above the other, turn nothing wildly.
            var at = new Vec3(0, 1, 0);
            StationPose touching = new TwoHandGrab(at, at, Home).At(at, at);
            Same(touching, Home);
        }

        [Test]
        public void WhatIsWrittenIsWhereItStands()
        {
            var pose = new StationPose(new Vec3(1, 0, 2), Rotations.AboutY(1), 2);
            Assert.That(
                Grabbing.Path("main", "conv"), Is.EqualTo(new[] { "stations", "main", "conv" }));
            StationPose read;
            Assert.That(StationPose.TryRead(pose.ToValue(), out read), Is.True);
            Same(read, pose);
            Same(StationPose.Home(Origin), Home);
            Near.Same(Home.Moved(new Vec3(3, 2, 1), Origin), new Vec3(3, 2, 1));
        }

        static void Same(StationPose found, StationPose expected)
        {
            Near.Same(found.Position, expected.Position);
            Near.Same(found.Turned(new Vec3(1, 2, 3)), expected.Turned(new Vec3(1, 2, 3)));
            Assert.That(found.Scale, Is.EqualTo(expected.Scale).Within(1e-9));
        }
    }
}
