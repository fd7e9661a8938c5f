using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>Walls that are hidden, walls that are pinned, and what can be undone.</summary>
    [TestFixture]
    public sealed class KeepingTests : WalkTests
    {
        const string RightButton = "<Mouse>/rightButton", Position = "<Mouse>/position";

        [TearDown]
        public void ShowAndUnpin()
        {
            foreach (Station station in _stage.State.Room.Stations)
            {
                _bridge.Tell("show " + station.Key);
                _bridge.Tell("unpin " + station.Key);
            }
        }

        [Test]
        public void AHiddenWallIsNeitherDrawnNorMetByRays()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            PointerRay ray = _stage.Walk.Body.Desktop.RayThrough(pixel);
            int walls = _stage.Walk.Room.Walls.All.Length, letters = _stage.Walk.Room.Texts.Letters;
            int faces = Faces;
            Assert.That(Own(station), Is.GreaterThan(0));
            _bridge.Tell("hide " + station);
            _stage.Until(() => Own(station) == 0, "it vanishes");
            _stage.Frames(3);
            Hit hit = Picking.Pick(ray, _stage.Walk.Room.Walls.All, null);
            Assert.That(hit.Station, Is.Not.EqualTo(station));
            Assert.That(_stage.Walk.Room.Walls.All.Length, Is.LessThan(walls));
            Assert.That(_stage.Walk.Room.Texts.Letters, Is.LessThan(letters)); // nor its name
            Assert.That(Faces, Is.LessThan(faces));
            Devices.Set(Position, pixel); // and nobody grabs it
            Devices.Press(RightButton);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.Not.EqualTo(station));
            Devices.Release(RightButton);
            _bridge.Tell("show " + station);
            _stage.Until(() => _stage.Walk.Room.Walls.All.Length == walls, "it is back");
            _stage.UntilLit();
            Assert.That(_stage.Walk.Room.Texts.Letters, Is.EqualTo(letters));
            Assert.That(Faces, Is.EqualTo(faces));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void HereAWallIsHiddenForAllAndStepsPassIt()
        {
            Station[] stations = _stage.State.Room.Stations;
            Go(stations[1]);
            _stage.Tap("<Keyboard>/x");
            _stage.Until(() => Own(stations[1].Key) == 0, "it vanishes");
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(""));
            Assert.That(_stage.State.Notice, Is.StringContaining("is hidden"));
            Go(stations[0]);
            _stage.Walk.Navigator.Step(1);
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(stations[2].Key));
            Go(stations[1]); // who goes to it wants to see it
            _stage.Until(() => Own(stations[1].Key) > 0, "it is shown");
            _stage.Tap("<Keyboard>/x");
            _stage.Until(() => Own(stations[1].Key) == 0, "it vanishes again");
            Devices.Press("<Keyboard>/leftShift");
            _stage.Tap("<Keyboard>/x");
            Devices.Release("<Keyboard>/leftShift");
            _stage.Until(() => Own(stations[1].Key) > 0, "all are shown");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void OneThatSomebodyElseHidesIsNoLongerChosenAndNotShownAgain()
        {
            Station station = _stage.State.Room.Stations[2];
            Go(station);
            _stage.Walk.Navigator.LiftFirst();
            _bridge.Tell("hide " + station.Key);
            _stage.Until(() => _stage.Walk.Room.Highlights.Chosen == "", "it is left");
            Assert.That(_stage.State.Notice, Is.StringContaining("was hidden"));
            _stage.Frames(60);
            Assert.That(Own(station.Key), Is.EqualTo(0));
            Assert.That(_stage.Walk.Room.Lifted.Raised, Is.Null);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void APinnedWallStaysInItsPlace()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            _bridge.Tell("pin " + station);
            _stage.Until(() => _stage.State.IsPinned(station), "the pin");
            Vec3 before = _stage.Walk.Room.Placement.PoseOf(station).Position;
            Drag(pixel, station, false);
            Assert.That(_stage.State.Notice, Is.StringContaining("is pinned"));
            Assert.That(_stage.Walk.Room.Placement.PoseOf(station).Position, Is.EqualTo(before));
            Assert.That(_bridge.Where(station), Is.Null);
            Go(_stage.State.Room.Stations.First(one => one.Key == station));
            _stage.Tap("<Keyboard>/p");
            _stage.Until(() => !_stage.State.IsPinned(station), "no pin any more");
            _stage.Walk.Navigator.Home();
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way back");
            Drag(pixel, station, true);
            _stage.Until(() => _bridge.Where(station) != null, "it is moved");
            _stage.Walk.Edits.Reset(station);
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void MovesAreUndoneAndDoneAgainAsOneStepEach()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            Drag(pixel, station, true);
            _stage.Until(() => _bridge.Where(station) != null, "it is moved");
            double[] moved = _bridge.Where(station);
            _stage.Walk.Edits.ResetAll();
            _stage.Until(() => _bridge.Where(station) == null, "all are back");
            _stage.Tap("<Keyboard>/u");
            _stage.Until(() => _bridge.Where(station) != null, "moved again");
            Assert.That(_bridge.Where(station), Is.EqualTo(moved).Within(1e-6));
            _stage.Tap("<Keyboard>/u");
            _stage.Until(() => _bridge.Where(station) == null, "where it was taken");
            _stage.Until(() => _stage.State.Notice.Contains("Undone: moving"), "the word of it");
            _stage.Tap("<Keyboard>/u");
            _stage.Until(() => _stage.State.Notice.StartsWith("There is nothing"), "no other one");
            Devices.Press("<Keyboard>/leftShift");
            _stage.Tap("<Keyboard>/u");
            _stage.Until(() => _bridge.Where(station) != null, "done again");
            _stage.Tap("<Keyboard>/r"); // with Shift: all
            Devices.Release("<Keyboard>/leftShift");
            _stage.Until(() => _bridge.Where(station) == null, "all are back again");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WhatAnotherChangedSinceIsLeftAlone()
        {
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            Drag(pixel, station, true);
            _stage.Until(() => _bridge.Where(station) != null, "it is moved");
            _bridge.Tell("move " + station + " 1.5 0.25 -4 2");
            _stage.Until(() => _stage.Walk.Room.Placement.PoseOf(station).Scale == 2, "the news");
            _stage.Tap("<Keyboard>/u");
            _stage.Until(() => _stage.State.Notice.StartsWith("Not undone"), "the notice");
            Assert.That(_bridge.Where(station), Is.EqualTo(new[] { 1.5, 0.25, -4, 2 }));
            _stage.Walk.Edits.Reset(station);
            _stage.Until(() => _bridge.Where(station) == null, "the reset");
        }

        [Test]
        public void PinnedWallsStayWhenAllArePutBack()
        {
            Station[] stations = _stage.State.Room.Stations;
            _bridge.Tell("move " + stations[0].Key + " 1.5 0.25 -4 2");
            _bridge.Tell("move " + stations[1].Key + " -1.5 0.25 -6 2");
            _bridge.Tell("pin " + stations[0].Key);
            _stage.Until(() => _stage.State.IsPinned(stations[0].Key), "the pin");
            _stage.Walk.Edits.ResetAll();
            _stage.Until(() => _bridge.Where(stations[1].Key) == null, "the other one is back");
            Assert.That(_bridge.Where(stations[0].Key), Is.Not.Null);
            _stage.Walk.Edits.ResetAll();
            _stage.Until(() => _stage.State.Notice.Contains("or are pinned"), "the notice");
            _bridge.Tell("unpin " + stations[0].Key);
            _stage.Until(() => !_stage.State.IsPinned(stations[0].Key), "no pin");
            _stage.Walk.Edits.ResetAll();
            _stage.Until(() => _bridge.Where(stations[0].Key) == null, "all are back");
        }

        [Test]
        public void FiveHundredStepsGoBackAndNewOnesEndWhatCouldBeDoneAgain()
        {
            var history = new History();
            for (int i = 0; i < 600; i++)
            {
                history.Add(new Deed("step " + i, new[] { "a" }, (long)i, i + 1L));
            }
            for (int i = 599; i >= 100; i--)
            {
                Deed deed = history.Back();
                Assert.That(deed.What, Is.EqualTo("step " + i));
                Assert.That(deed.After, Is.EqualTo((long)i));
            }
            Assert.That(history.Back(), Is.Null);
            Assert.That(history.Again().What, Is.EqualTo("step 100"));
            history.Add(new Deed("new", new[] { "a" }, null, 1L));
            Assert.That(history.Again(), Is.Null);
        }

        [Test]
        public void ValuesAreTheSameButForRoundingAndEmptyMaps()
        {
            Map<object> map = new StationPose(new Vec3(1, 2, 3), Rotations.None, 1).ToValue();
            Map<object> near = new StationPose(
                new Vec3(1 + 1e-8, 2, 3), Rotations.None, 1).ToValue();
            Map<object> far = new StationPose(
                new Vec3(1.001, 2, 3), Rotations.None, 1).ToValue();
            Assert.That(DocumentValues.Same(map, near), Is.True);
            Assert.That(DocumentValues.Same(map, far), Is.False);
            Assert.That(DocumentValues.Same(map, null), Is.False);
            Assert.That(DocumentValues.Same(null, Map<object>.Empty), Is.True);
            Assert.That(DocumentValues.Same(1L, 1.0), Is.True);
            Assert.That(DocumentValues.Same(true, null), Is.False);
            Assert.That(DocumentValues.Same("a", "b"), Is.False);
        }

        // Walls of a station that stand in the room.
        int Own(string station)
        {
            return _stage.Walk.Room.Walls.All.Count(wall => wall.Station == station);
        }

        int Faces
        {
            get { return _stage.WallDraws.Sum(draw => draw.Instances); }
        }

        void Go(Station station)
        {
            _stage.Walk.Navigator.GoTo(station, 0);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way there");
        }

        void Drag(Vector2 pixel, string station, bool moves)
        {
            Devices.Set(Position, pixel);
            Devices.Press(RightButton);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Holding.Station, Is.EqualTo(moves ? station : ""));
            Devices.Set(Position, pixel + new Vector2(60, 0));
            _stage.Frames(20);
            Devices.Release(RightButton);
            _stage.Frames(2);
        }
    }
}
