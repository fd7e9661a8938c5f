using System.Collections.Generic;
using Layerwalk.Client;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>A clip of six frames that is played into the network.</summary>
    [TestFixture]
    public sealed class LiveTests : WalkTests
    {
        [TearDown]
        public void Let()
        {
            Live.End();
            _stage.Until(() => Live.State == null, "no source is chosen");
        }

        [Test]
        public void ASourceIsChosenInThePanelAndPlaysUntilItIsPaused()
        {
            _stage.Tap("<Keyboard>/i");
            _stage.ClickLine("clip   play");
            var seen = new HashSet<long>();
            _stage.Until(
                () =>
                {
                    seen.Add(Live.Shown ?? -1);
                    return seen.Count > 3;
                },
                "frames come");
            Assert.That(Live.State.Playing, Is.True);
            Assert.That(Live.AgeS, Is.InRange(0, 30));
            _stage.ClickLine("Pause");
            _stage.Until(() => !Live.State.Playing, "it stops");
            _stage.Until(() => Live.State.Position == Live.Shown, "at the frame on show");
            Assert.That(Live.AgeS, Is.Null);
            _stage.Frames(2);
            Assert.That(Lines(), Has.Some.StringEnding("/ 6   paused"));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void KeysStepAndPlay()
        {
            Live.Play("clip");
            _stage.Until(() => Live.Shown.HasValue, "a frame");
            _stage.Tap("<Keyboard>/space");
            _stage.Until(
                () => !Live.State.Playing && Live.State.Position == Live.Shown, "a pause");
            long at = Live.Shown.Value;
            _stage.Tap("<Keyboard>/period");
            _stage.Until(() => Live.Shown == (at + 1) % 6, "the next frame");
            _stage.Tap("<Keyboard>/comma");
            _stage.Tap("<Keyboard>/comma");
            _stage.Until(() => Live.Shown == (at + 5) % 6, "the one before");
            _stage.Tap("<Keyboard>/space");
            _stage.Until(() => Live.State.Playing, "it plays");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void RateAndLoopAreSetAndAtTheEndItEnds()
        {
            Live.Play("clip");
            _stage.Until(() => Live.State != null, "it is chosen");
            _stage.Tap("<Keyboard>/i");
            _stage.ClickLine("Begin anew at the end   yes");
            _stage.Until(() => !Live.State.Loop, "it does not begin anew");
            _stage.Until(() => Live.Ended && Live.Shown == 5, "the end");
            _stage.Frames(2);
            Assert.That(Lines(), Has.Some.EqualTo("6 / 6   ended"));
            Assert.That(Lines(), Has.Member("Play again"));
            _stage.ClickLine("Images   10 / s");
            _stage.Until(() => Live.State.RateHz == 0.2, "the slowest rate");
            Assert.That(Lines(), Has.Member("Images   0.2 / s"));
            Assert.That(Live.State.Loop, Is.False); // as it was
        }

        [Test]
        public void WhatSomebodyElsePlaysIsShownWithItsAge()
        {
            _bridge.Tell("play clip");
            _stage.Until(() => Live.Shown.HasValue && Live.State.Playing, "a frame");
            _stage.Frames(1);
            double age = Live.AgeS.Value;
            Assert.That(age, Is.InRange(0, 30));
            Devices.Set("<Mouse>/position", new Vector2(-10, -10));
            _bridge.Tell("stop");
            _stage.Until(() => Live.State == null, "it is let go of");
        }

        [Test]
        public void AStillImageEndsIt()
        {
            Live.Play("clip");
            _stage.Until(() => Live.Shown.HasValue, "a frame");
            _stage.Tap("<Keyboard>/1");
            _stage.Until(
                () => !Live.State.Playing && _stage.State.Run.Live == "", "the picture");
            Assert.That(_stage.State.Run.Picture, Is.Not.EqualTo(""));
            Assert.That(Live.Shown, Is.Null);
        }

        LiveInput Live
        {
            get { return _stage.Walk.Live; }
        }

        // Lines of the open menu.
        string[] Lines()
        {
            var lines = new List<PanelLine>();
            _stage.Walk.Hud.Menu.Write(lines);
            return lines.ConvertAll(line => line.Text).ToArray();
        }
    }
}
