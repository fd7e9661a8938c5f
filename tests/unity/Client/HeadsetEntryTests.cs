using System.Collections.Generic;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;
using UnityEngine.XR;

namespace Layerwalk.Tests
{
    /// <summary>What headsets do besides showing the room: they begin late, and leave things.
    /// </summary>
    [TestFixture]
    public sealed class HeadsetEntryTests : WalkTests
    {
        const string Left = "<XRController>{LeftHand}/", Right = "<XRController>{RightHand}/";
        const float WideScreen = 16f / 9;

        [SetUp]
        public void Wear()
        {
            Headset.IsPresent = true;
        }

        [Test]
        public void TheFloorIsAskedForOnceTheHeadsetIsReadyAndTheVisitorStaysInPlace()
        {
            Vec3 before = Feet;
            Headset.IsReady = false;
            PutOn();
            Assert.That(Eyes.Y, Is.EqualTo(VisitorPose.EyeM).Within(1e-3)); // as who stands
            _stage.Frames(150); // longer than any headset that is worn takes
            Assert.That(Eyes.Y, Is.EqualTo(VisitorPose.EyeM).Within(1e-3));
            Assert.That(Headset.Origin, Is.Not.EqualTo(TrackingOriginModeFlags.Floor));
            Headset.IsReady = true;
            SetHead(new Vector3(1.3f, 0, -0.8f)); // from where it was switched on
            _stage.Frames(1);
            Assert.That(Headset.Origin, Is.EqualTo(TrackingOriginModeFlags.Floor));
            SetHead(new Vector3(-0.4f, 1.7f, 0.2f)); // from the middle of the floor
            _stage.Frames(3);
            Assert.That(Feet.DistanceTo(before), Is.LessThan(1e-3));
            Assert.That(_stage.Walk.Body.Rig.Eyes.Position.Y, Is.EqualTo(1.7).Within(1e-3));
            Vec3 stood = Feet;
            SetHead(new Vector3(-0.4f, 1.7f, 0.7f)); // from here on heads walk
            _stage.Frames(2);
            Assert.That(Feet.DistanceTo(stood), Is.EqualTo(0.5).Within(1e-3));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void EyesAndHandsAreAsHighAsThoseOfWhoStandsWhereAHeadsetKnowsNoFloor()
        {
            Vec3 before = Feet;
            Headset.Origins = TrackingOriginModeFlags.Device;
            SetHead(new Vector3(0.1f, 0.02f, 0));
            _stage.Tap("<Keyboard>/v");
            _stage.Frames(3);
            Assert.That(Feet.DistanceTo(before), Is.LessThan(1e-3));
            Assert.That(Eyes.Y, Is.EqualTo(VisitorPose.EyeM + 0.02).Within(1e-3));
            _stage.Frames(150); // it stays so once the visitor has arrived
            SetHead(new Vector3(0.1f, -0.5f, 0)); // sits down
            _stage.Frames(1);
            Devices.Set("<XRHMD>/trackingState", 0); // and is out of sight for a while
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(3, 3, 3)); // that means nothing
            _stage.Frames(2);
            Assert.That(Eyes.Y, Is.EqualTo(VisitorPose.EyeM - 0.5).Within(1e-3));
            Assert.That(
                _stage.Walk.Body.Mode.Outlook.Position.Y,
                Is.EqualTo(VisitorPose.EyeM - 0.5).Within(1e-3));
            Devices.Set(Left + "isTracked", 1f);
            Devices.Set(Left + "pointerPosition", new Vector3(0, -0.3f, 0.2f));
            _stage.Frames(2);
            Assert.That(
                _stage.Walk.Body.Headset.InRoom(_stage.Walk.Body.Left).Position.Y,
                Is.EqualTo(VisitorPose.EyeM - 0.3).Within(1e-3));
            _stage.Walk.Navigator.End();
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to the board");
            Assert.That(Eyes.Y, Is.EqualTo(VisitorPose.EyeM - 0.5).Within(1e-3));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheDeskGetsItsScreenBack()
        {
            PutOn();
            _stage.Walk.Body.Rig.Camera.aspect = 0.93f; // as XR does
            _stage.Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.Rig.Camera.aspect, Is.EqualTo(WideScreen).Within(1e-3));
        }

        [Test]
        public void APictureOfAllDirectionsIsTakenWithItsOwnAngleOfView()
        {
            PutOn();
            float fov = 0;
            Color behind = Color.clear;
            Player.Painter = view =>
            {
                fov = view.Target == null ? fov : view.Camera.fieldOfView;
                behind = view.Target == null ? behind : view.Camera.backgroundColor;
                return null;
            };
            _stage.Walk.Menus.Run(Command.Panorama);
            _stage.Until(() => _stage.State.Notice.StartsWith("Saved "), "the picture");
            Assert.That(fov, Is.EqualTo(90));
            Assert.That(behind, Is.EqualTo(_stage.Walk.Body.Rig.Camera.backgroundColor));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheDarkOfJumpsIsDarkAndNotGrey()
        {
            PutOn();
            _stage.Walk.Navigator.End();
            _stage.Until(() => _stage.Walk.Body.Mode.Darkness > 0.95, "the dark");
            Color32[] dark = Player.Draws.First(draw => draw.Shader == "Sprites/Default")
                .Mesh.colors32;
            // Linear light: no more than the floor has, #0d0f16.
            Assert.That(dark.Max(one => one.r), Is.LessThan(2));
            Assert.That(dark.Max(one => one.b), Is.LessThan(3));
            Assert.That(dark.Min(one => one.a), Is.GreaterThan(245));
        }

        [Test]
        public void TheDarkIsBeforeTheEyesOfTheSamePicture()
        {
            PutOn();
            _stage.Walk.Navigator.End();
            _stage.Until(() => _stage.Walk.Body.Mode.Darkness > 0.5, "the dark");
            Transform head = _stage.Walk.Body.Rig.Head.transform;
            UnityEngine.Events.UnityAction turn =
                () => head.localRotation = Quaternion.Euler(0, 20, 0) * head.localRotation;
            Application.onBeforeRender += turn; // as a headset that was asked again
            _stage.Frames(1);
            Application.onBeforeRender -= turn;
            Draw veil = Player.Draws.Single(draw => draw.Shader == "Sprites/Default");
            Vector3 ahead = veil.Matrix.MultiplyVector(Vector3.forward);
            Assert.That(Vector3.Angle(ahead, head.forward), Is.LessThan(0.01));
            Vector3 origin = veil.Matrix.MultiplyPoint3x4(Vector3.zero);
            Assert.That(Vector3.Distance(origin, head.position), Is.LessThan(1e-5));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void APictureThatIsTakenInTheDarkShowsTheRoom()
        {
            PutOn();
            _stage.Walk.Navigator.End();
            _stage.Until(() => _stage.Walk.Body.Mode.Darkness > 0.5, "the dark");
            bool dark = true;
            Player.Painter = view =>
            {
                dark &= view.Target == null
                    || view.Draws.Any(draw => draw.Shader == "Sprites/Default");
                return null;
            };
            _stage.Walk.Menus.Run(Command.Screenshot);
            _stage.Frames(1);
            Assert.That(Player.Draws.Any(draw => draw.Shader == "Sprites/Default"), Is.True);
            Assert.That(dark, Is.False);
        }

        [Test]
        public void EachHandFramesTheWallThatItPointsTo()
        {
            PutOn();
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to a wall");
            SetHand(Left, Quaternion.identity);
            SetHand(Right, Quaternion.Euler(-89, 0, 0)); // up, at nothing
            Highlights lights = _stage.Walk.Room.Highlights;
            for (int turn = -60; turn <= 60 && lights.Hovered == null; turn += 3)
            {
                SetHand(Left, Quaternion.Euler(0, turn, 0));
                _stage.Frames(2);
            }
            Assert.That(lights.Hovered, Is.Not.Null);
        }

        [Test]
        public void ALineOfAPanelIsMarkedForEachHand()
        {
            PutOn();
            _stage.Walk.Menus.OpenSettings();
            _stage.Frames(2);
            SetHand(Right, Quaternion.Euler(-89, 0, 0));
            int marked = 0;
            for (int down = -20; down < 40 && marked == 0; down += 1)
            {
                SetHand(Left, Quaternion.Euler(down, 5, 0));
                _stage.Frames(2);
                marked = _stage.Walk.Hud.Marked;
            }
            Assert.That(marked, Is.GreaterThan(0));
        }

        [Test]
        public void WhatAHandHeldIsFreeOnceTheHeadsetIsOff()
        {
            PutOn();
            SetHand(Left, Quaternion.identity);
            Devices.Set(Left + "{Grip}", 1f);
            _stage.Frames(1);
            string station = _stage.State.Room.Stations[1].Key;
            RigidPose pose = _stage.Walk.Body.Headset.InRoom(_stage.Walk.Body.Left);
            _stage.Walk.Holding.Take(0, station, pose, 0);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(station));
            _stage.Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.False);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(""));
        }

        [Test]
        public void ItStaysOnWhereMemoryChangesAndEverythingBeginsAnew()
        {
            PutOn();
            Walk before = _stage.Walk;
            before.Settings.BudgetMiB /= 2;
            before.Connect();
            _stage.Frames(3);
            Assert.That(_stage.Walk, Is.Not.SameAs(before));
            Assert.That(Headset.IsRunning && _stage.Walk.Body.HasHeadset, Is.True);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheMenuButtonClosesAMenuThatIsTypedInto()
        {
            PutOn();
            _stage.Walk.Menus.Run(Command.Search);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Hud.HasMenu, Is.True);
            _stage.Tap(Left + "{PrimaryButton}");
            Assert.That(_stage.Walk.Hud.HasMenu, Is.False);
        }

        [Test]
        public void TheNearestWallIsPutBackByALineOfTheMenu()
        {
            PutOn();
            Station here = _stage.Walk.Navigator.Here;
            var aside = new StationPose(
                here.OriginM.Plus(new Vec3(0.2, 0, 0)), Rotations.None, 1);
            _stage.Walk.Edits.Move(here.Key, aside);
            _stage.Until(() => _stage.Walk.Room.Placement.IsMoved(here.Key), "the move");
            var lines = new List<PanelLine>();
            var menu = new SettingsMenu(
                _stage.Walk.Settings, new TextInput(), () => { }, _stage.Walk.Menus.Run,
                () => { });
            menu.Write(lines);
            lines.First(line => line.Text == "Put the wall here back").Clicked();
            _stage.Until(() => !_stage.Walk.Room.Placement.IsMoved(here.Key), "the way back");
        }

        [Test]
        public void WallsAreDrawnAsFarOutwardsAsEyesSee()
        {
            PutOn();
            // 55 degrees and more are seen beside the nose's other side.
            Assert.That(_stage.Walk.Body.Headset.Outlook.Across,
                Is.GreaterThan(Mathf.Tan(57 * Mathf.Deg2Rad)));
        }

        Vec3 Eyes
        {
            get { return _stage.Walk.Body.Rig.Eyes.Position; }
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
            if (Headset.IsReady)
            {
                SetHead(new Vector3(0.3f, 1.7f, 0.2f));
            }
            _stage.Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.True);
            _stage.Frames(2);
        }

        static void SetHead(Vector3 at)
        {
            Devices.Set("<XRHMD>/centerEyePosition", at);
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
        }

        static void SetHand(string hand, Quaternion rotation)
        {
            Devices.Set(hand + "isTracked", 1f);
            Devices.Set(hand + "pointerPosition", new Vector3(0.1f, 1.4f, 0.35f));
            Devices.Set(hand + "pointerRotation", rotation);
        }
    }
}
