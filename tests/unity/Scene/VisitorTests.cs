using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>A visitor at a desk.</summary>
    [TestFixture]
    public sealed class VisitorTests
    {
        [TestCase(false, 2.5)]
        [TestCase(true, 6.0)]
        public void WalksAlongTheLineOfSight(bool running, double speed)
        {
            var visitor = new Visitor { Running = running, Held = Moves.Forward };
            visitor.Place(new VisitorPose(new Vec3(0, 1.6, 0), Math.PI / 2, 0.4));
            Walk(visitor, 4);
            // Yaw is positive to the left, so a quarter turn looks along -x.
            Vec3 at = visitor.Pose.Position;
            Assert.That(-at.X, Is.InRange(3.9 * speed, 4 * speed + 1e-6));
            Assert.That(at.Y, Is.EqualTo(1.6));
            Assert.That(at.Z, Is.EqualTo(0).Within(1e-6));
        }

        [Test]
        public void IsNotFasterDiagonallyAndStopsWhenKeysAreLetGo()
        {
            var visitor = new Visitor { Held = Moves.Forward | Moves.Right };
            Vec3 start = visitor.Pose.Position;
            Walk(visitor, 4);
            Assert.That(visitor.Pose.Position.DistanceTo(start), Is.InRange(9.5, 10 + 1e-6));
            visitor.Held = Moves.None;
            Walk(visitor, 1);
            Assert.That(visitor.Moving, Is.False);
            Assert.That(visitor.Step(1), Is.False);
        }

        [Test]
        public void SettlesWithItsTimeConstantWhateverTheFrameRate()
        {
            double slow = SpeedAfter(0.07, 0.07), fast = SpeedAfter(0.07, 0.0007);
            Assert.That(slow, Is.EqualTo(1 - Math.Exp(-1)).Within(1e-9));
            Assert.That(fast, Is.EqualTo(slow).Within(1e-6));
        }

        [Test]
        public void DoesNotSinkThroughTheFloor()
        {
            var visitor = new Visitor { Held = Moves.Down };
            Walk(visitor, 5);
            Assert.That(visitor.Pose.Position.Y, Is.EqualTo(0.25));
            visitor.Place(new VisitorPose(new Vec3(1, -5, 2), 0, 0));
            Near.Same(visitor.Pose.Position, new Vec3(1, 0.25, 2));
            visitor.Look(0, -9);
            visitor.Advance(5);
            Assert.That(visitor.Pose.Position.Y, Is.EqualTo(0.25));
        }

        [Test]
        public void FliesToANearPlaceIn900MillisecondsByTheShorterTurn()
        {
            var visitor = new Visitor();
            visitor.Place(new VisitorPose(new Vec3(0, 1.6, 0), 3, 0));
            visitor.GoTo(new VisitorPose(new Vec3(1, 1.6, -5), -3, 0.1));
            visitor.Step(0.225); // a quarter of the way in time: 4 / 64 of it in metres
            Assert.That(visitor.Pose.Position.Z, Is.EqualTo(-5 / 16.0).Within(1e-9));
            visitor.Step(0.225);
            Assert.That(visitor.Pose.Position.Z, Is.EqualTo(-2.5).Within(1e-6));
            Assert.That(visitor.Yaw, Is.EqualTo(Math.PI).Within(1e-6));
            Assert.That(visitor.Darkness, Is.EqualTo(0));
            Assert.That(visitor.Arrivals, Is.EqualTo(0));
            visitor.Step(0.46);
            Near.Same(visitor.Pose.Position, new Vec3(1, 1.6, -5));
            Near.SameTurn(visitor.Yaw, -3);
            Assert.That(visitor.Moving, Is.False);
            Assert.That(visitor.Arrivals, Is.EqualTo(1));
        }

        [TestCase(false, -31.0)]
        [TestCase(true, -5.0)]
        public void GoesFarOrCalmlyThroughTheDark(bool calm, double z)
        {
            var visitor = new Visitor { Calm = calm };
            Vec3 before = visitor.Pose.Position;
            visitor.GoTo(new VisitorPose(new Vec3(0, 1.6, z), 0, 0));
            visitor.Step(0.34);
            Near.Same(visitor.Pose.Position, before);
            Assert.That(visitor.Darkness, Is.GreaterThan(0.9));
            visitor.Step(0.02);
            Assert.That(visitor.Pose.Position.Z, Is.EqualTo(z));
            visitor.Step(0.35);
            Assert.That(visitor.Darkness, Is.EqualTo(0));
            Assert.That(visitor.Moving, Is.False);
        }

        static double SpeedAfter(double seconds, double frame)
        {
            double speed = 0;
            for (double t = 0; t < seconds - frame / 2; t += frame)
            {
                speed = Settling.Step(speed, 1, frame);
            }
            return speed;
        }

        static void Walk(Visitor visitor, double seconds)
        {
            for (int frame = 0; frame < seconds * 60; frame++)
            {
                visitor.Step(1 / 60.0);
            }
        }
    }
}
