using System;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>A visitor with a headset and two hands, or with none.</summary>
    [TestFixture]
    public sealed class VirtualRealityTests : WalkTests
    {
        const string Left = "<XRController>{LeftHand}/", Right = "<XRController>{RightHand}/";

        [SetUp]
        public void Wear()
        {
            Headset.IsPresent = true;
            SetHead(new Vector3(0.3f, 1.7f, 0.2f));
        }

        [Test]
        public void TheHeadsetGoesOnAndOffWhereTheVisitorStands()
        {
            Vec3 before = Feet;
            PutOn();
            Assert.That(Headset.IsRunning, Is.True);
            Assert.That(Headset.Origin, Is.EqualTo(UnityEngine.XR.TrackingOriginModeFlags.Floor));
            Assert.That(Feet.DistanceTo(before), Is.LessThan(0.5));
            Vec3 with = Feet;
            Tap("<Keyboard>/v");
            Assert.That(Headset.IsRunning, Is.False);
            Assert.That(_stage.Walk.Body.HasHeadset, Is.False);
            Assert.That(Feet.DistanceTo(with), Is.LessThan(0.5));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void OnAMobileHeadsetItBeginsInIt()
        {
            _stage.Leave();
            Machine.Platform = RuntimePlatform.Android;
            _stage.Play();
            Assert.That(Headset.IsRunning, Is.False); // in OnEnable there may be no graphics yet
            _stage.Frames(1);
            Assert.That(Headset.IsRunning && _stage.Walk.Body.HasHeadset, Is.True);
            _stage.UntilLit();
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WithoutAHeadsetItIsSaidAndTheDeskStays()
        {
            Headset.IsPresent = false;
            Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.False);
            Assert.That(_stage.State.Notice, Is.StringContaining("No headset was found"));
        }

        [Test]
        public void WithoutHandsTheRoomIsSeenAllTheSame()
        {
            PutOn();
            _stage.Frames(20);
            Assert.That(_stage.WallDraws.Length, Is.InRange(3, 8));
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(""));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheStickTeleportsToWhereTheArcEnds()
        {
            PutOn();
            SetHand(Right, new Vector3(0.2f, 1.3f, 0.3f), Quaternion.Euler(35, 0, 0));
            Vec3 before = Feet;
            Devices.Set(Right + "{Primary2DAxis}", new Vector2(0, 1));
            _stage.Frames(3);
            Assert.That(_stage.Walk.Body.Headset.Aims, Is.True);
            Assert.That(_stage.Walk.Body.Headset.Arc.Valid, Is.True);
            Vec3 end = _stage.Walk.Body.Headset.Arc.End;
            Devices.Set(Right + "{Primary2DAxis}", Vector2.zero);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Body.Mode.Darkness, Is.GreaterThan(0)); // through the dark
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving
                && _stage.Walk.Body.Mode.Darkness == 0, "the jump");
            Assert.That(Feet.DistanceTo(end), Is.LessThan(0.05));
            Assert.That(end.DistanceTo(before), Is.GreaterThan(1));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheLeftStickWalksWithADarkEdgeAndTheRightOneTurnsByFlicks()
        {
            PutOn();
            SetHand(Left, new Vector3(-0.2f, 1.2f, 0.3f), Quaternion.identity);
            SetHand(Right, new Vector3(0.2f, 1.2f, 0.3f), Quaternion.identity);
            Vec3 before = Feet;
            Devices.Set(Left + "{Primary2DAxis}", new Vector2(0, 1));
            _stage.Frames(36);
            Assert.That(Feet.DistanceTo(before), Is.InRange(0.8, 1.6));
            Assert.That(_stage.Walk.Body.Mode.EdgeDarkness, Is.GreaterThan(0.2));
            Devices.Set(Left + "{Primary2DAxis}", Vector2.zero);
            _stage.Frames(200);
            Assert.That(_stage.Walk.Body.Mode.EdgeDarkness, Is.EqualTo(0));
            double yaw = _stage.Walk.Body.Mode.Destination.Yaw;
            Vec3 standing = Feet;
            Devices.Set(Right + "{Primary2DAxis}", new Vector2(1, 0));
            _stage.Frames(10);
            Assert.That(_stage.Walk.Body.Mode.Destination.Yaw - yaw,
                Is.EqualTo(-Math.PI / 6).Within(1e-3)); // once a flick
            Assert.That(Feet.DistanceTo(standing), Is.LessThan(1e-3)); // about the head
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TwoHandsMoveAndScaleAWallForThePythonClient()
        {
            PutOn();
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to a wall");
            string station = Aim(Right);
            Devices.Set(Right + "{Grip}", 1f);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(station));
            Pose(Left, new Vector3(-0.1f, 1.4f, 0.35f));
            AimAt(Left, station);
            Devices.Set(Left + "{Grip}", 1f);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.IsIn(0) && _stage.Walk.Holding.IsIn(1), Is.True);
            double scale = _stage.Walk.Room.Placement.PoseOf(station).Scale;
            Pose(Left, new Vector3(-0.4f, 1.4f, 0.35f));
            Pose(Right, new Vector3(0.5f, 1.4f, 0.35f));
            _stage.Frames(20);
            StationPose held = _stage.Walk.Room.Placement.PoseOf(station);
            Assert.That(held.Scale, Is.GreaterThan(1.5 * scale));
            Devices.Set(Left + "{Grip}", 0f);
            Devices.Set(Right + "{Grip}", 0f);
            _stage.Frames(3);
            StationPose left = _stage.Walk.Room.Placement.PoseOf(station);
            _stage.Until(() => _bridge.Where(station) != null
                && Math.Abs(_bridge.Where(station)[3] - left.Scale) < 1e-4, "the news");
            _stage.Walk.Edits.Reset(station);
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
            _stage.ComplainsOfNothing();
        }

        Vec3 Feet
        {
            get
            {
                Vec3 eyes = _stage.Walk.Body.Mode.Destination.Position;
                return new Vec3(eyes.X, 0, eyes.Z);
            }
        }

        void PutOn()
        {
            Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.True);
            _stage.Frames(2);
        }

        void Tap(string key)
        {
            Devices.Press(key);
            _stage.Frames(1);
            Devices.Release(key);
            _stage.Frames(1);
        }

        static void SetHead(Vector3 at)
        {
            Devices.Set("<XRHMD>/centerEyePosition", at);
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
        }

        static void SetHand(string hand, Vector3 at, Quaternion rotation)
        {
            Devices.Set(hand + "isTracked", 1f);
            Pose(hand, at);
            Devices.Set(hand + "pointerRotation", rotation);
        }

        static void Pose(string hand, Vector3 at)
        {
            Devices.Set(hand + "pointerPosition", at);
        }

        // Points a hand at a wall that it meets, and returns the wall's station.
        string Aim(string hand)
        {
            foreach (Station station in _stage.State.Room.Stations)
            {
                SetHand(hand, new Vector3(0.1f, 1.4f, 0.35f), Quaternion.identity);
                AimAt(hand, station.Key);
                PointerRay ray = PointerRay.Of(
                    _stage.Walk.Body.Headset.InRoom(_stage.Walk.Body.Right));
                Hit hit = Picking.Pick(ray, _stage.Walk.Room.Walls.All, null);
                if (hit.Station == station.Key && hit.DistanceM < 8)
                {
                    return station.Key;
                }
            }
            throw new InvalidOperationException("no wall is near");
        }

        // Turns a hand to the middle of a station's first wall.
        void AimAt(string hand, string station)
        {
            SetHand(hand, hand == Left ? new Vector3(-0.1f, 1.4f, 0.35f)
                : new Vector3(0.1f, 1.4f, 0.35f), Quaternion.identity);
            _stage.Frames(1);
            RigidPose pose = _stage.Walk.Body.Headset.InRoom(
                hand == Left ? _stage.Walk.Body.Left : _stage.Walk.Body.Right);
            PlacedWall wall = _stage.Walk.Room.Walls.All.First(one => one.Station == station);
            Vec3 to = wall.Frame.PointOf(0, 1.5).Minus(pose.Position);
            Vec3 inSpace = pose.Rotation.Inverse().Turn(to); // the hand is not turned yet
            Vec3 engine = UnitySpace.Convert(inSpace);
            Devices.Set(hand + "pointerRotation", Quaternion.LookRotation(
                new Vector3((float)engine.X, (float)engine.Y, (float)engine.Z)));
            _stage.Frames(1);
        }
    }
}
