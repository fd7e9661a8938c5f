using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>The room as the engine has it: left-handed, +z forward.</summary>
    [TestFixture]
    public sealed class UnitySpaceTests
    {
        [Test]
        public void AheadIsAheadUpIsUpAndRightIsRight()
        {
            Near.Same(UnitySpace.Convert(new Vec3(0, 0, -1)), new Vec3(0, 0, 1));
            Near.Same(UnitySpace.Convert(new Vec3(0, 1, 0)), new Vec3(0, 1, 0));
            Near.Same(UnitySpace.Convert(new Vec3(1, 0, 0)), new Vec3(1, 0, 0));
        }

        [Test]
        public void ConvertingTurnsAndTurningConvertedAreTheSame()
        {
            var near = new Near(1);
            for (int i = 0; i < 100; i++)
            {
                Vec4 rotation = near.Rotation();
                Vec3 v = near.Point();
                // The algebra of quaternions is the same in both; only axes differ.
                Vec3 there = UnitySpace.Convert(rotation).Turn(UnitySpace.Convert(v));
                Near.Same(there, UnitySpace.Convert(rotation.Turn(v)));
                Vec4 back = UnitySpace.Convert(UnitySpace.Convert(rotation));
                Near.Same(back.Turn(v), rotation.Turn(v));
                Near.Same(UnitySpace.Convert(UnitySpace.Convert(v)), v);
            }
        }

        [Test]
        public void AFramesPointsAreItsConvertedPoints()
        {
            var near = new Near(2);
            for (int i = 0; i < 100; i++)
            {
                Vec4 turn = near.Rotation();
                double scale = near.Between(0.2, 3);
                var frame = new Frame(
                    near.Point(), turn.Turn(new Vec3(scale, 0, 0)),
                    turn.Turn(new Vec3(0, scale, 0)), turn.Turn(new Vec3(0, 0, scale)));
                Vec3 p = near.Point();
                Frame there = UnitySpace.Convert(frame);
                Near.Same(there.PointOf(p.X, p.Y, -p.Z),
                    UnitySpace.Convert(frame.PointOf(p.X, p.Y, p.Z)));
                // No mirror is left in it: the axes are as the engine's own.
                double hand = there.X.Cross(there.Y).Dot(there.Z);
                Assert.That(hand, Is.GreaterThan(0));
                Near.Same(frame.LocalOf(frame.PointOf(p.X, p.Y, p.Z)), p, 1e-8);
            }
        }

        [Test]
        public void YawToTheLeftIsANegativeAngleOfTheEngine()
        {
            // In the engine, a turn by positive degrees about y takes forward to the right.
            Assert.That(UnitySpace.DegreesOfYaw(Math.PI / 2), Is.EqualTo(-90).Within(1e-9));
            Vec3 left = Rotations.AboutY(Math.PI / 2).Turn(new Vec3(0, 0, -1));
            Near.Same(left, new Vec3(-1, 0, 0));
            double degrees = UnitySpace.DegreesOfYaw(0.7) * Math.PI / 180;
            var forward = new Vec3(Math.Sin(degrees), 0, Math.Cos(degrees));
            Vec3 looks = Rotations.AboutY(0.7).Turn(new Vec3(0, 0, -1));
            Near.Same(forward, UnitySpace.Convert(looks));
            Assert.That(UnitySpace.YawOfDegrees(UnitySpace.DegreesOfYaw(0.7)),
                Is.EqualTo(0.7).Within(1e-12));
            // Looking up is a negative angle about x.
            Assert.That(UnitySpace.DegreesOfPitch(0.5), Is.LessThan(0));
        }

        [Test]
        public void TurnsFollowEachOther()
        {
            var near = new Near(3);
            for (int i = 0; i < 50; i++)
            {
                Vec4 a = near.Rotation(), b = near.Rotation();
                Vec3 v = near.Point();
                Near.Same(a.After(b).Turn(v), a.Turn(b.Turn(v)));
                Near.Same(a.Inverse().Turn(a.Turn(v)), v);
                double yaw = near.Between(-3, 3);
                double pitch = near.Between(-1.4, 1.4);
                Assert.That(Rotations.Looking(yaw, pitch).Yaw(), Is.EqualTo(yaw).Within(1e-9));
            }
        }
    }
}
