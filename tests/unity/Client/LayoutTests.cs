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
    /// <summary>Finding one's way in a spiral and in a tower.</summary>
    [TestFixture]
    public sealed class LayoutTests : WalkTests
    {
        [TearDown]
        public void BackToTheCorridor()
        {
            _bridge.Tell("layout linear 1");
        }

        [TestCase("linear")]
        [TestCase("spiral")]
        [TestCase("tower")]
        public void OneGoesToEveryWallAndSeesItBeforeOneself(string layout)
        {
            LayOut(layout);
            foreach (Station station in _stage.State.Room.Stations)
            {
                for (int wall = 0; wall < station.Walls.Length; wall++)
                {
                    Navigator.GoTo(station, wall);
                    Arrive();
                    Hit hit = Picking.Pick(
                        PointerRay.Of(Pose.Eyes), _stage.Walk.Room.Walls.All, null);
                    Assert.That(hit.Station, Is.EqualTo(station.Key));
                    Assert.That(hit.Wall.Index, Is.EqualTo(wall));
                    Assert.That(hit.DistanceM, Is.InRange(2, 6));
                    Assert.That(IsSeen(hit.Wall), Is.True);
                    Assert.That(Navigator.Here.Key, Is.EqualTo(station.Key));
                }
            }
            _stage.ComplainsOfNothing();
        }

        [TestCase("spiral")]
        [TestCase("tower")]
        public void StepsLeadAlongTheAisleToTheBoardAndBack(string layout)
        {
            LayOut(layout);
            Room room = _stage.State.Room;
            Navigator.Home();
            Arrive();
            int stops = Places.Stops(room).Count;
            double depth = Depth;
            for (int i = 0; i < stops; i++)
            {
                Navigator.Step(1);
                Arrive();
                Assert.That(Depth, Is.LessThan(depth - 0.5));
                depth = Depth;
                VisitorPose on = Aisle.At(room, depth);
                Assert.That(Pose.Position.DistanceTo(on.Position), Is.LessThan(0.01));
                Assert.That(Math.Cos(Pose.Yaw - on.Yaw), Is.GreaterThan(0.999));
            }
            Navigator.Step(1);
            Arrive();
            Assert.That(
                Pose.Position.DistanceTo(Places.AtBoard(room).Position), Is.LessThan(1e-6));
            Hit board = Picking.Pick(
                PointerRay.Of(Pose.Eyes), _stage.Walk.Room.Walls.All, room.Board);
            Assert.That(board.Kind, Is.EqualTo(HitKind.Board));
            for (int i = 0; i <= stops; i++)
            {
                Navigator.Step(-1);
                Arrive();
            }
            Assert.That(
                Pose.Position.DistanceTo(Places.AtStart(room).Position), Is.LessThan(1e-6));
            _stage.ComplainsOfNothing();
        }

        [TestCase("spiral")]
        [TestCase("tower")]
        public void TheOverviewShowsAllOfIt(string layout)
        {
            LayOut(layout);
            _stage.Walk.Menus.Run(Command.Overview);
            Arrive();
            PlacedWall[] walls = _stage.Walk.Room.Walls.All;
            Assert.That(walls.Length, Is.GreaterThan(5));
            Assert.That(walls.Where(wall => !IsSeen(wall)), Is.Empty);
            // The hint at the foot of the screen covers none of them.
            double low = walls.Min(wall => PixelOf(wall.Frame.Origin).y);
            Assert.That(low, Is.GreaterThan(0.1 * Screen.height - 1));
            double wide = walls.Max(wall => PixelOf(wall.Frame.Origin).x)
                - walls.Min(wall => PixelOf(wall.Frame.Origin).x);
            Assert.That(wide, Is.GreaterThan(0.3 * Screen.width)); // and not from too far
            _stage.Walk.Menus.Run(Command.Overview);
            Arrive();
            Assert.That(
                Pose.Position.DistanceTo(Places.AtStart(_stage.State.Room).Position),
                Is.LessThan(0.5));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ClosedBlocksAreNamedOverTheirWallsInASpiralAndNotInATower()
        {
            _bridge.Tell("collapse block");
            LayOut("spiral");
            _stage.Walk.Menus.Run(Command.Overview);
            Arrive();
            _stage.Frames(2);
            int gates = _stage.State.Room.Gates.Count(gate => gate.YawRad != 0);
            Assert.That(gates, Is.GreaterThan(0));
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.EqualTo(1 + gates));
            _bridge.Tell("layout tower 1");
            _stage.Until(() => _stage.State.Room.Layout == RoomLayout.Tower, "the tower");
            Arrive();
            _stage.Frames(2);
            Assert.That(_stage.Walk.Room.Overview, Is.True);
            Assert.That(_stage.Walk.Room.Walls.All.All(IsSeen), Is.True); // framed anew
            Assert.That(_stage.Walk.Room.Labels.Shown, Is.EqualTo(0));
            _bridge.Tell("expand block");
            _stage.Until(() => _stage.State.Room.Expanded.Contains("block"), "it is open");
            _stage.ComplainsOfNothing();
        }

        [TestCase("linear", true)]
        [TestCase("spiral", false)] // they are turned, and have labels
        public void GatesAreNamedOnceFromAbove(string layout, bool onThem)
        {
            LayOut(layout);
            _stage.Frames(3);
            Assert.That(_stage.State.Room.Gates, Is.Not.Empty);
            var corners = new List<Vector4>();
            bool written = false;
            foreach (Draw draw in Player.Draws.Where(one => one.Shader == "Layerwalk/Text"))
            {
                draw.Mesh.GetUVs(0, corners);
                written |= corners.Any(corner => corner.w == (int)WhenSeen.Overview);
            }
            Assert.That(written, Is.EqualTo(onThem));
        }

        [Test]
        public void InAnotherLayoutOneStaysBeforeTheWallOrAsFarAlong()
        {
            Navigator.GoTo("block.2");
            Arrive();
            string chosen = _stage.Walk.Room.Highlights.Chosen;
            foreach (string layout in new[] { "spiral", "tower", "linear" })
            {
                LayOut(layout);
                Arrive();
                Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(chosen));
                Hit hit = Picking.Pick(
                    PointerRay.Of(Pose.Eyes), _stage.Walk.Room.Walls.All, null);
                Assert.That(hit.Station, Is.EqualTo(chosen));
            }
            Navigator.Home();
            Arrive();
            for (int i = 0; i < 3; i++)
            {
                Navigator.Step(1);
                Arrive();
            }
            double share = Aisle.ShareOf(_stage.State.Room, Pose.Position);
            Assert.That(share, Is.InRange(0.1, 0.9));
            LayOut("spiral");
            Arrive();
            Assert.That(Aisle.ShareOf(_stage.State.Room, Pose.Position),
                Is.EqualTo(share).Within(0.02));
            LayOut("tower"); // is seen whole
            Arrive();
            Assert.That(
                Pose.Position.DistanceTo(Places.AtStart(_stage.State.Room).Position),
                Is.LessThan(1e-6));
            LayOut("linear");
            Arrive();
            Assert.That(Aisle.ShareOf(_stage.State.Room, Pose.Position),
                Is.EqualTo(share).Within(0.02));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WhoStandsBeforeAWallStillDoesWhenABlockClosesBehindThem()
        {
            LayOut("spiral");
            Station last = _stage.State.Room.Stations.Last(one => one.Walls.Length > 0);
            VisitorPose before = Places.BeforeWall(
                _stage.State.Room, last, last.Walls[0], _stage.Walk.Room.Placement,
                ScreenArea.Whole(1280, 720));
            _stage.Walk.Body.Mode.Place(before);
            Vec3 local = Frame.Of(last.Walls[0]).LocalOf(before.Position);
            _bridge.Tell("collapse block");
            _stage.Until(() => !_stage.State.Room.Expanded.Contains("block"), "it closes");
            Station now = _stage.State.Room.Stations.First(one => one.Key == last.Key);
            Assert.That(now.OriginM.DistanceTo(last.OriginM), Is.GreaterThan(0.5));
            Vec3 then = Frame.Of(now.Walls[0]).LocalOf(Pose.Position);
            Assert.That(then.DistanceTo(local), Is.LessThan(0.05));
            _bridge.Tell("expand block");
            _stage.Until(() => _stage.State.Room.Expanded.Contains("block"), "it is open");
        }

        [Test]
        public void WithAHeadsetOneStandsOnTheFloorOfARow()
        {
            LayOut("tower");
            new Hands(_stage).PutOn();
            Station highest = _stage.State.Room.Stations.Where(one => one.Walls.Length > 0)
                .OrderByDescending(one => one.OriginM.Y).First();
            Assert.That(highest.OriginM.Y, Is.GreaterThan(3)); // there is more than one row
            Navigator.GoTo(highest, 0);
            Arrive();
            Vec3 eyes = _stage.Walk.Body.Rig.Eyes.Position;
            Assert.That(eyes.Y, Is.EqualTo(highest.OriginM.Y + 1.6).Within(0.01));
            Vec3 local = Frame.Of(highest.Walls[0]).LocalOf(eyes);
            Assert.That(local.Z, Is.InRange(2, 6));
            Navigator.End();
            Arrive();
            eyes = _stage.Walk.Body.Rig.Eyes.Position;
            Assert.That(eyes.Y - _stage.State.Room.Board.PositionM.Y, Is.InRange(1, 1.8));
            Navigator.Home();
            Arrive();
            Assert.That(_stage.Walk.Body.Rig.Eyes.Position.Y, Is.EqualTo(1.6).Within(0.01));
            _stage.ComplainsOfNothing();
        }

        [TestCase(false)]
        [TestCase(true)]
        public void WallsGlideToAnotherLayoutAndThoseThatWereMovedStay(bool calm)
        {
            _stage.Walk.Settings.Comfort.Calm = calm;
            Station[] stations = _stage.State.Room.Stations;
            string moved = stations[0].Key, other = stations[1].Key;
            _bridge.Tell("move " + moved + " 3 0 -6 1");
            _stage.Until(() => _bridge.Where(moved) != null
                && _stage.Walk.Room.Placement.IsMoved(moved), "the move");
            _stage.Frames(2);
            int texts = Texts;
            Vector3 kept = _stage.WallOrigin(moved), home = _stage.WallOrigin(other);
            _bridge.Tell("layout tower 1");
            _stage.Until(() => _stage.State.Room.Layout == RoomLayout.Tower, "the tower");
            Vec3 there = _stage.State.Room.Stations[1].Walls[0].PositionM;
            var end = new Vector3((float)there.X, (float)there.Y, (float)there.Z);
            Assert.That(_stage.Walk.Room.IsGliding, Is.EqualTo(!calm));
            float whole = (end - home).magnitude, gone = 0;
            while (_stage.Walk.Room.IsGliding)
            {
                float way = (_stage.WallOrigin(other) - home).magnitude;
                Assert.That(way, Is.InRange(gone - 1e-4, whole + 1e-4)); // straight there
                gone = way;
                Assert.That(Texts, Is.EqualTo(texts - 1)); // words wait until they have arrived
                _stage.Frames(1);
            }
            _stage.Frames(3);
            Assert.That((_stage.WallOrigin(other) - end).magnitude, Is.LessThan(1e-4));
            Assert.That(Texts, Is.EqualTo(texts));
            // Moved by hand, a wall's own place does not depend on the layout.
            Vec3 now = _stage.Walk.Room.Placement.PoseOf(moved).Position;
            Assert.That(now.DistanceTo(new Vec3(3, 0, -6)), Is.LessThan(1e-6));
            Assert.That((_stage.WallOrigin(moved) - kept).magnitude, Is.LessThan(2));
            _stage.Walk.Edits.Reset(moved);
            _stage.Until(() => _bridge.Where(moved) == null, "the reset");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void LayoutAndSpacingAreChosenHereForAll()
        {
            _stage.Tap("<Keyboard>/l");
            _stage.Until(() => _stage.State.Room.Layout == RoomLayout.Spiral, "the spiral");
            Devices.Press("<Keyboard>/leftShift");
            _stage.Tap("<Keyboard>/rightBracket");
            Devices.Release("<Keyboard>/leftShift");
            _stage.Until(() => _stage.State.Room.Spacing == 1.4, "more room");
            _stage.Tap("<Keyboard>/m");
            _stage.ClickLine("Layout");
            _stage.Until(() => _stage.State.Room.Layout == RoomLayout.Tower, "the tower");
            Assert.That(_stage.State.Room.Spacing, Is.EqualTo(1.4));
            _stage.Frames(3);
            _stage.ClickLine("Room between walls");
            _stage.Until(() => _stage.State.Room.Spacing == 2, "even more");
            _stage.ClickLine("Undo");
            _stage.Until(() => _stage.State.Room.Spacing == 1.4, "less again");
            _stage.ComplainsOfNothing();
        }

        Navigator Navigator
        {
            get { return _stage.Walk.Navigator; }
        }

        VisitorPose Pose
        {
            get { return _stage.Walk.Body.Mode.Destination; }
        }

        double Depth
        {
            get { return Aisle.DepthOf(_stage.State.Room, Pose.Position); }
        }

        // Draws of words.
        static int Texts
        {
            get { return Player.Draws.Count(draw => draw.Shader == "Layerwalk/Text"); }
        }

        void LayOut(string layout)
        {
            _bridge.Tell("layout " + layout + " 1");
            _stage.Until(
                () => Layouts.KindOf(_stage.State.Room.Layout) == layout
                    && !_stage.Walk.Room.IsGliding, "the layout");
        }

        void Arrive()
        {
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving && !_stage.Walk.Room.IsGliding
                && _stage.Walk.Body.Mode.Darkness == 0, "the arrival");
        }

        // All its corners are on the screen.
        bool IsSeen(PlacedWall wall)
        {
            return new[] { -wall.WidthM / 2, wall.WidthM / 2 }.All(
                x => new[] { wall.HeightM * 0.3, wall.HeightM * 0.98 }.All(y =>
                {
                    Vector2 at = PixelOf(wall.Frame.PointOf(x, y));
                    return at.x >= -1 && at.y >= -1 && at.x <= Screen.width + 1
                        && at.y <= Screen.height + 1;
                }));
        }

        // By the definition of yaw, pitch and field of view; from the bottom left.
        Vector2 PixelOf(Vec3 point)
        {
            Vec3 local = Pose.Eyes.Rotation.Inverse().Turn(point.Minus(Pose.Position));
            double pixels = Screen.height / (2 * Math.Tan(Pose.Fov * Math.PI / 360));
            return local.Z >= 0 ? new Vector2(-9999, -9999) : new Vector2(
                (float)(Screen.width / 2.0 + local.X / -local.Z * pixels),
                (float)(Screen.height / 2.0 + local.Y / -local.Z * pixels));
        }
    }
}
