using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>What the visitor chose in the settings is how they are moved; and hands choose it,
    /// with their triggers.</summary>
    [TestFixture]
    public sealed class ComfortTests : WalkTests
    {
        const string Left = "<XRController>{LeftHand}/", Right = "<XRController>{RightHand}/";
        const string Stick = "{Primary2DAxis}", Trigger = "{Trigger}";
        const double FrameS = 1 / 72.0;

        [Test]
        public void ATurnIsSmoothForWhoChoseSo()
        {
            PutOn();
            SetHand(Right, Quaternion.identity);
            Choose("Turn smoothly   no");
            Devices.Set(Right + Stick, new Vector2(1, 0));
            double[] steps = Turns(72);
            double most = StickMotion.FastestTurnRadS * FrameS;
            Assert.That(steps.Min(), Is.GreaterThan(-1.01 * most)); // to the right, and no flick
            Assert.That(steps.Skip(30).Max(), Is.LessThan(-0.9 * most)); // as fast as it gets
            Vec3 stood = Feet;
            Devices.Set(Right + Stick, new Vector2(-0.575f, 0)); // half the way that counts
            steps = Turns(72);
            Assert.That(steps.Last(), Is.EqualTo(most / 2).Within(0.02 * most));
            Devices.Set(Right + Stick, Vector2.zero);
            Turns(72);
            Assert.That(Turns(10).Sum(), Is.EqualTo(0).Within(1e-3));
            Assert.That(Feet.DistanceTo(stood), Is.LessThan(1e-3)); // about the head
            Choose("Turn smoothly   yes");
            Devices.Set(Right + Stick, new Vector2(1, 0));
            Assert.That(Turns(72).Count(step => step != 0), Is.EqualTo(1)); // a flick again
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheStickWalksUnlessThatIsUnwanted()
        {
            PutOn();
            SetHand(Left, Quaternion.identity);
            Choose("Walk with the stick   yes");
            Vec3 before = Feet;
            Devices.Set(Left + Stick, new Vector2(0, 1));
            _stage.Frames(36);
            Assert.That(Feet.DistanceTo(before), Is.EqualTo(0));
            Assert.That(_stage.Walk.Body.Mode.EdgeDarkness, Is.EqualTo(0));
            Choose("Walk with the stick   no");
            _stage.Frames(36);
            Assert.That(Feet.DistanceTo(before), Is.GreaterThan(0.8));
        }

        [Test]
        public void NobodyFliesWhoWantsNoFlights()
        {
            Assert.That(WayPlaces("block.0"), Is.GreaterThan(20));
            _stage.Walk.Navigator.Home();
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way back");
            Choose("No flights   no");
            double darkest = 0;
            Assert.That(WayPlaces("block.0", () => darkest = Math.Max(
                darkest, _stage.Walk.Body.Mode.Darkness)), Is.EqualTo(1)); // only its end
            Assert.That(darkest, Is.GreaterThan(0.9));
            Assert.That(_stage.Walk.Body.Mode.Darkness, Is.EqualTo(0));
            Choose("No flights   yes");
            Assert.That(WayPlaces("stem"), Is.GreaterThan(20));
        }

        [TestCase(Left)]
        [TestCase(Right)]
        public void ATriggerClicksTheLineThatTheHandPointsToOnceAPull(string hand)
        {
            PutOn();
            _stage.Walk.Menus.Run(Command.Settings);
            _stage.Frames(2);
            AimAtLine(hand, "Turn smoothly");
            Vec3 before = Feet;
            Devices.Set(hand + Trigger, 1f);
            _stage.Frames(1);
            Assert.That(_stage.Walk.Settings.Comfort.SmoothTurn, Is.True);
            _stage.Frames(21); // it is held: not clicked anew in each
            Assert.That(_stage.Walk.Settings.Comfort.SmoothTurn, Is.True);
            Devices.Set(hand + Trigger, 0f);
            _stage.Frames(2);
            Devices.Set(hand + Trigger, 1f);
            _stage.Frames(1);
            Assert.That(_stage.Walk.Settings.Comfort.SmoothTurn, Is.False);
            Devices.Set(hand + Trigger, 0f);
            // What is behind the panel was not clicked.
            _stage.Frames(60);
            Assert.That(Feet.DistanceTo(before), Is.LessThan(1e-3));
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(""));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AGripOnAPanelTakesNoWallBehindIt()
        {
            PutOn();
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way to a wall");
            _stage.Walk.Menus.Run(Command.Settings);
            _stage.Frames(2);
            AimAtLine(Right, "Turn smoothly");
            Devices.Set(Right + "{Grip}", 1f);
            _stage.Frames(3);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(""));
        }

        Vec3 Feet
        {
            get
            {
                Vec3 eyes = _stage.Walk.Body.Mode.Destination.Position;
                return new Vec3(eyes.X, 0, eyes.Z);
            }
        }

        // By how much the visitor turns left in each of so many frames.
        double[] Turns(int frames)
        {
            var turns = new double[frames];
            for (int i = 0; i < frames; i++)
            {
                double before = _stage.Walk.Body.Mode.Destination.Yaw;
                _stage.Frames(1);
                double way = _stage.Walk.Body.Mode.Destination.Yaw - before;
                turns[i] = Math.Abs(way) < 1e-9 ? 0 : Math.IEEERemainder(way, 2 * Math.PI);
            }
            return turns;
        }

        // At how many places the eyes are on the way to a layer, without that where it begins.
        int WayPlaces(string layer, Action frame = null)
        {
            var places = new HashSet<Vec3>();
            Vec3 began = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
            _stage.Walk.Navigator.GoTo(layer);
            Assert.That(_stage.Walk.Body.Mode.Moving, Is.True);
            while (_stage.Walk.Body.Mode.Moving)
            {
                _stage.Frames(1);
                Vec3 at = _stage.Walk.Body.Desktop.Visitor.Pose.Position;
                if (at.DistanceTo(began) > 0)
                {
                    places.Add(at);
                }
                if (frame != null)
                {
                    frame();
                }
            }
            return places.Count;
        }

        // As a click on that line of the settings.
        void Choose(string text)
        {
            _stage.Walk.Menus.OpenSettings();
            var lines = new List<PanelLine>();
            _stage.Walk.Hud.Menu.Write(lines);
            lines.First(line => line.Text == text).Clicked();
            _stage.Walk.Hud.Open(null);
            _stage.Frames(1);
        }

        // Turns a hand about until its ray meets a line that begins so.
        void AimAtLine(string hand, string beginning)
        {
            for (float down = -30; down < 40; down++)
            {
                SetHand(hand, Quaternion.Euler(down, 0, 0));
                _stage.Frames(1);
                if (_stage.Walk.Hud.MarkedText.StartsWith(beginning, StringComparison.Ordinal))
                {
                    return;
                }
            }
            Assert.Fail("no line of the menu begins with " + beginning);
        }

        void PutOn()
        {
            Headset.IsPresent = true;
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(0, 1.6f, 0));
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
            _stage.Tap("<Keyboard>/v");
            Assert.That(_stage.Walk.Body.HasHeadset, Is.True);
            _stage.Frames(5);
        }

        static void SetHand(string hand, Quaternion rotation)
        {
            Devices.Set(hand + "isTracked", 1f);
            Devices.Set(hand + "pointerPosition", new Vector3(0, 1.4f, 0));
            Devices.Set(hand + "pointerRotation", rotation);
        }
    }
}
