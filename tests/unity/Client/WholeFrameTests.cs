using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>
    /// Update and LateUpdate of every script, as the engine calls them, allocate nothing while
    /// nothing new comes: not one byte in two hundred frames.
    /// </summary>
    [TestFixture]
    public sealed class WholeFrameTests : WalkTests
    {
        const string Left = "<XRController>{LeftHand}/", Right = "<XRController>{RightHand}/";
        const int Frames = 200;

        [TearDown]
        public void Let()
        {
            _stage.Walk.Live.End();
            _stage.Until(() => _stage.Walk.Live.State == null, "no source is chosen");
        }

        [Test]
        public void WhoStandsAtADeskAndPointsToAWall()
        {
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to a wall");
            Devices.Set("<Mouse>/position", new Vector2(640, 360));
            _stage.Frames(2);
            Assert.That(_stage.Walk.Hands.Pointed, Is.Not.EqualTo(""));
            _stage.AllocatesNothing();
        }

        [Test]
        public void WhoHasLiftedATileOfAWallNearby()
        {
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to a wall");
            _stage.Tap("<Keyboard>/t");
            _stage.Frames(200);
            Assert.That(_stage.Walk.Room.Lifted.Tile, Is.GreaterThanOrEqualTo(0));
            _stage.AllocatesNothing();
        }

        [Test]
        public void WhoLooksFromAbove()
        {
            _bridge.Tell("collapse block");
            _stage.Until(
                () => _stage.State.Room.Stations.Any(one => one.Closed == "block"), "it closes");
            _stage.Walk.Menus.Run(Command.Overview);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the flight up");
            _stage.Frames(2);
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.GreaterThan(0));
            _stage.AllocatesNothing();
            _bridge.Tell("expand block");
        }

        [TestCase(Command.Settings)]
        [TestCase(Command.Live)]
        [TestCase(Command.Search)]
        [TestCase(Command.Arrange)]
        public void WhoReadsAMenu(Command command)
        {
            _stage.Walk.Menus.Run(command);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Hud.HasMenu, Is.True);
            _stage.AllocatesNothing();
        }

        [TestCase(false)]
        [TestCase(true)]
        public void WhatIsPlayedLiveOnlyWhileItsAgeSaysTheSame(bool menu)
        {
            LiveInput live = _stage.Walk.Live;
            live.Play("clip");
            live.SetRate(0.2);
            _stage.Until(() => live.AgeS.HasValue && live.State.RateHz == 0.2, "it plays");
            if (menu)
            {
                _stage.Tap("<Keyboard>/i");
            }
            _stage.Until(() => live.AgeS > 0.5, "its pages have come");
            var ages = new LiveAge();
            int said = 0, counted = 0; // frames since something was said anew, and those that count
            string before = "";
            bool told = false; // something came
            _stage.State.Changed += topics => told = true;
            _stage.Walk.Session.Receiver.PagesCame += pages => told = true;
            for (int i = 0; i < 50 * Frames && counted < Frames; i++)
            {
                told = false;
                long bytes = Stage.Allocated(1)[0];
                string age = ages.Of(live);
                bool changed = age != before || told || live.AgeS < 0.5
                    || _stage.Walk.Room.Activations.Residents.Waiting;
                before = age;
                said = changed ? 0 : said + 1;
                if (said > 1) // the frame may have looked at its clock just before we did
                {
                    counted++;
                    Assert.That(bytes, Is.EqualTo(0), "in frame " + i);
                }
            }
            Assert.That(counted, Is.EqualTo(Frames));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WhoWalksAndLooksAround()
        {
            Devices.Press("<Keyboard>/w");
            Devices.Press("<Keyboard>/e");
            Stage.Allocated(100);
            Vec3 from = _stage.Walk.Body.Mode.Destination.Position;
            long[] bytes = Stage.Allocated(Frames);
            // But for the few frames in which something else is asked for.
            Assert.That(bytes.Count(frame => frame > 0), Is.LessThanOrEqualTo(Frames / 20));
            Assert.That(
                _stage.Walk.Body.Mode.Destination.Position.DistanceTo(from), Is.GreaterThan(1));
        }

        [Test]
        public void WhoWearsAHeadsetAndHoldsTheHeadAsStillAsPeopleDo()
        {
            PutOn();
            _stage.AllocatesNothing(Nod);
        }

        [Test]
        public void WhoPointsWithBothHandsAndAimsForATeleport()
        {
            PutOn();
            SetHand(Left, new Vector3(-0.2f, 1.3f, 0.3f), Quaternion.Euler(0, -20, 0));
            SetHand(Right, new Vector3(0.2f, 1.3f, 0.3f), Quaternion.Euler(35, 0, 0));
            _stage.AllocatesNothing(Nod);
            Devices.Set(Right + "{Primary2DAxis}", new Vector2(0, 1));
            _stage.Frames(3);
            Assert.That(_stage.Walk.Body.Headset.Aims, Is.True);
            _stage.AllocatesNothing(Nod);
        }

        [Test]
        public void WhoSeesNamesOfBlocksFromAboveThroughAHeadset()
        {
            _bridge.Tell("collapse block");
            _stage.Until(
                () => _stage.State.Room.Stations.Any(one => one.Closed == "block"), "it closes");
            _stage.Walk.Room.Overview = true;
            PutOn();
            _stage.Walk.Room.Overview = true; // whatever the headset made of it
            _stage.Frames(2);
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.GreaterThan(0));
            _stage.AllocatesNothing(Nod);
            _bridge.Tell("expand block");
        }

        [Test]
        public void WhoCarriesAPicture()
        {
            Shelf shelf = _stage.Walk.Room.Exhibits.Shelf;
            _stage.Until(() => shelf.Hung.Count == 6, "the shelf's pictures");
            PutOn();
            var hands = new Hands(_stage);
            WallRect rect = Shelf.RectOf(0);
            Vec3 picture = hands.Wall(WallKind.Shelf).Frame.PointOf(
                rect.Left + rect.Width / 2, rect.Bottom + rect.Height / 2, 0.06);
            hands.Point(Right, hands.Eyes.Plus(new Vec3(0.2, -0.3, -0.3)), picture);
            hands.Press(Right, "Grip");
            Assert.That(_stage.Walk.Carrying.In(1), Is.EqualTo(shelf.Hung[0].Id));
            _stage.AllocatesNothing(Nod);
        }

        [Test]
        public void WhoReadsAMenuInAHeadset()
        {
            PutOn();
            SetHand(Left, new Vector3(-0.2f, 1.3f, 0.3f), Quaternion.identity);
            _stage.Tap(Left + "{PrimaryButton}");
            Assert.That(_stage.Walk.Hud.HasMenu, Is.True);
            _stage.AllocatesNothing(Nod);
        }

        // A head never stands still.
        static void Nod(int frame)
        {
            float way = 0.01f * Mathf.Sin(frame * 0.2f);
            SetHead(new Vector3(0.3f + way, 1.7f, 0.2f - way));
        }

        void PutOn()
        {
            Headset.IsPresent = true;
            SetHead(new Vector3(0.3f, 1.7f, 0.2f));
            _stage.Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.True);
            _stage.Frames(10);
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
            Devices.Set(hand + "pointerPosition", at);
            Devices.Set(hand + "pointerRotation", rotation);
        }
    }
}
