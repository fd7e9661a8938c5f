using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>A wall that is held: what the wheel does to it, and that nobody else takes it.
    /// </summary>
    [TestFixture]
    public sealed class HoldingTests : WalkTests
    {
        const string RightButton = "<Mouse>/rightButton", Scroll = "<Mouse>/scroll";
        const double NotchScale = 1.1, NotchRad = 0.15;

        [TearDown]
        public void PutBack()
        {
            Devices.Release(RightButton);
            _stage.Frames(2);
            if (_station != null)
            {
                _stage.Walk.Edits.Reset(_station);
                _stage.Until(() => _bridge.Where(_station) == null, "the reset");
            }
        }

        string _station;

        [Test]
        public void TheWheelMakesAHeldWallLargerAndSmallerAndMovesNobody()
        {
            Hold();
            Vec3 stood = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
            Turn(3);
            Assert.That(Pose.Scale, Is.EqualTo(Math.Pow(NotchScale, 3)).Within(1e-6));
            Turn(-5);
            Assert.That(Pose.Scale, Is.EqualTo(Math.Pow(NotchScale, -2)).Within(1e-6));
            Assert.That(Angle(Pose.Rotation), Is.EqualTo(0).Within(1e-6));
            Vec3 at = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
            Assert.That(at.DistanceTo(stood), Is.LessThan(1e-9));
            Devices.Release(RightButton);
            _stage.Frames(2);
            _stage.Until(() => _bridge.Where(_station) != null
                && Math.Abs(_bridge.Where(_station)[3] - Pose.Scale) < 1e-4, "the news");
            Turn(1); // of nothing: the visitor goes ahead again
            at = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
            Assert.That(at.DistanceTo(stood), Is.GreaterThan(0.5));
            _stage.ComplainsOfNothing();
        }

        [TestCase(100, Grabbing.MostScale)]
        [TestCase(-100, Grabbing.LeastScale)]
        public void NoWallGetsLargerOrSmallerThanIsOfUse(int notches, double scale)
        {
            Hold();
            for (int i = 0; i < 10; i++)
            {
                Turn(notches / 10);
            }
            Assert.That(Pose.Scale, Is.EqualTo(scale).Within(1e-6));
        }

        [Test]
        public void WithShiftTheWheelTurnsAHeldWallAboutItsUpright()
        {
            Hold();
            Devices.Press("<Keyboard>/leftShift");
            Turn(2);
            Assert.That(Angle(Pose.Rotation), Is.EqualTo(2 * NotchRad).Within(1e-6));
            Assert.That(Pose.Scale, Is.EqualTo(1).Within(1e-6));
            Turn(-3);
            Assert.That(Angle(Pose.Rotation), Is.EqualTo(-NotchRad).Within(1e-6));
            Vec3 up = Pose.Rotation.Turn(new Vec3(0, 1, 0));
            Assert.That(up.Y, Is.EqualTo(1).Within(1e-9));
            Devices.Release("<Keyboard>/leftShift");
        }

        [Test]
        public void TheLeaseOfAWallIsRenewedLongBeforeItEndsAndEndsWithTheHold()
        {
            var clock = Stopwatch.StartNew();
            Hold();
            double began = Time.unscaledTimeAsDouble, earliest, latest;
            _stage.Until(() => Leased(clock, out earliest, out latest), "the lease");
            double firstEnds, ends;
            Leased(clock, out firstEnds, out latest);
            // So long the first lease would last on the visitor's clock, which here goes faster.
            _stage.Until(() => Time.unscaledTimeAsDouble - began > 4.5, "a long hold");
            Assert.That(Leased(clock, out earliest, out ends), Is.True);
            Assert.That(ends - firstEnds, Is.GreaterThan(0.15));
            double halfwayS = (clock.Elapsed.TotalSeconds + ends) / 2;
            Devices.Release(RightButton);
            _stage.Until(() => !Leased(clock, out earliest, out latest), "the end of the lease");
            Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(halfwayS)); // not by itself
            _stage.ComplainsOfNothing();
        }

        StationPose Pose
        {
            get { return _stage.Walk.Room.Placement.PoseOf(_station); }
        }

        void Hold()
        {
            Devices.Set("<Mouse>/position", _stage.PixelOfAWall(out _station));
            Devices.Press(RightButton);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(_station));
        }

        // The wheel, by so many notches at once.
        void Turn(int notches)
        {
            Devices.Set(Scroll, new Vector2(0, notches));
            _stage.Frames(2);
        }

        // Between which seconds of the clock the lease ends; false if there is none.
        bool Leased(Stopwatch clock, out double earliest, out double latest)
        {
            earliest = clock.Elapsed.TotalSeconds;
            Station station = _stage.State.Room.Stations.First(one => one.Key == _station);
            string told = _bridge.Tell("leased " + station.Layers[0])[0].Split(' ')[1];
            double left = double.Parse(told, CultureInfo.InvariantCulture);
            latest = clock.Elapsed.TotalSeconds + left + 0.05; // told to a tenth
            earliest += left - 0.05;
            return left > 0;
        }

        // Radians about the upright.
        static double Angle(Vec4 rotation)
        {
            return rotation.Yaw();
        }
    }
}
