using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>Tiles that are lifted off their walls, at a desk and with a headset.</summary>
    [TestFixture]
    public sealed class LiftingTests : WalkTests
    {
        [Test]
        public void ATileThatIsClickedStandsBeforeItsWallLargerWithItsName()
        {
            PlacedWall wall = GoTo("block.0");
            Vector2 pixel = PixelOf(wall, 3);
            Click(pixel);
            _stage.Frames(60);
            RaisedTile raised = Lifted.Raised;
            Assert.That(raised.Tile, Is.EqualTo(3));
            WallRect home = TilePlace.RectOf(wall.Panels[0], 3);
            Assert.That(raised.Width, Is.GreaterThan(1.2 * home.Width));
            Assert.That(wall.Frame.LocalOf(raised.Frame.Origin).Z, Is.InRange(0.2, 0.4));
            Assert.That(IsOnScreen(raised), Is.True);
            HeldCodes held = Lifted.Layer.Held;
            Assert.That(Lifted.Caption.Title,
                Is.EqualTo("Channel 3   max " + Readout.Number(held.Value(3, 252))));
            Assert.That(Lifted.Caption.Legend, Is.EqualTo(
                Readout.Number(held.Scale.Low) + "   per layer   "
                + Readout.Number(held.Scale.High)));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ItIsAPanelOfOneCellAndItsPlaceOnTheWallIsMarked()
        {
            PlacedWall wall = GoTo("block.0");
            Click(PixelOf(wall, 5));
            _stage.Frames(60);
            Draw canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            Vector4[] panels = canvas.Elements<Vector4>("_LayerwalkPanels");
            int row = _stage.Walk.Room.Walls.PanelCount;
            Assert.That(canvas.Elements<int>("_LayerwalkNumbers")[0], Is.EqualTo(row));
            Assert.That(panels[8 * row].w, Is.EqualTo(Lifted.Layer.Row));
            Assert.That(panels[8 * row + 3], Is.EqualTo(new Vector4(1, 1, 1, 5)));
            Assert.That(panels[8 * row + 2].w, Is.EqualTo(0));
            long first = wall.Panels[0].First;
            Assert.That(panels[8 * wall.FirstPanel + 2].w, Is.EqualTo(5 - first));
            Tap("<Keyboard>/escape");
            canvas = _stage.WallDraws.First(draw => draw.Shader == "Layerwalk/Canvas");
            panels = canvas.Elements<Vector4>("_LayerwalkPanels");
            Assert.That(panels[8 * wall.FirstPanel + 2].w, Is.EqualTo(-1));
            Assert.That(
                canvas.Elements<int>("_LayerwalkNumbers").Take(8 * canvas.Instances),
                Has.No.Member(row));
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(wall.Station)); // one step
        }

        [Test]
        public void AClickOnItPutsItBackAndSoDoesAnotherStation()
        {
            PlacedWall wall = GoTo("block.0");
            Click(PixelOf(wall, 3));
            _stage.Frames(60);
            Vector2 pixel = PixelOf(Lifted.Raised.Frame.Origin);
            Devices.Set("<Mouse>/position", pixel);
            _stage.Frames(2);
            Assert.That(_stage.Walk.Hands.Pointed, Is.StringStarting(
                wall.Layer + "   channel 3   "));
            Click(pixel);
            Assert.That(Lifted.Tile, Is.EqualTo(-1));
            Click(PixelOf(wall, 3));
            Assert.That(Lifted.Tile, Is.EqualTo(3));
            GoTo("stem");
            Assert.That(Lifted.Tile, Is.EqualTo(-1));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void KeysLiftAndGoThroughTheChannelsAndDoNotTurnTheVisitor()
        {
            PlacedWall wall = GoTo("block.0");
            Tap("<Keyboard>/t");
            Assert.That(Lifted.Tile, Is.EqualTo(wall.Panels[0].First));
            double yaw = _stage.Walk.Body.Mode.Destination.Yaw;
            Tap("<Keyboard>/rightArrow");
            Assert.That(Lifted.Tile, Is.EqualTo(wall.Panels[0].First + 1));
            Tap("<Keyboard>/leftArrow");
            Tap("<Keyboard>/leftArrow");
            Assert.That(Lifted.Tile, Is.EqualTo(15)); // the last of sixteen
            Assert.That(_stage.Walk.Body.Mode.Destination.Yaw, Is.EqualTo(yaw).Within(1e-9)
                .Or.EqualTo(-yaw).Within(1e-9)); // on this wall, or on the one across the aisle
            Tap("<Keyboard>/t");
            Assert.That(Lifted.Tile, Is.EqualTo(-1));
        }

        [Test]
        public void WhileAnotherSessionHasNoRoomYetNothingFails()
        {
            GoTo("block.0");
            Tap("<Keyboard>/t");
            _stage.Frames(60);
            _stage.Walk.Session.Receiver.Take(new Decoded(
                new Welcome(
                    1, 0, "", "another session", "viewer", "", 0, 0, Map<object>.Empty,
                    new Picture[0], new Limits()),
                new ArraySegment<byte>[0]));
            Assert.That(_stage.State.Network, Is.Null);
            _stage.Walk.Room.PerChannel = true; // what it says is to be written anew
            _stage.Frames(3);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ANameWithoutEndIsCutBeforeItIsMeasured()
        {
            PlacedWall wall = GoTo("stem");
            Tap("<Keyboard>/t");
            _stage.Frames(60);
            NetworkPublished known = _stage.State.Network;
            Network traced = known.Network;
            var odd = new NetworkPublished(
                known.Name, known.Title, new Network(
                    traced.Name, traced.Nodes, traced.Edges, traced.Blocks, traced.Inputs,
                    new[] { wall.Layer }),
                known.Weights, known.Preprocess, "", new[] { new string('w', 20000) });
            var caption = new TileCaption();
            caption.Read(odd, Lifted.Layer, 0, false);
            Assert.That(caption.Title.Length, Is.InRange(100, Sentences.LongestLine + 40));
            Caption size = caption.SizeOf(_stage.Walk.Glyphs.Atlas, 1);
            Assert.That(size.Width, Is.LessThan(20));
        }

        [Test]
        public void AllDetailOfItsLayerIsAskedFor()
        {
            PlacedWall wall = GoTo("stem");
            Tap("<Keyboard>/t");
            ResidentLayer layer = _stage.Walk.Room.Activations.Residents.Get(wall.Layer);
            _stage.Until(() => layer.Want.Finest == 0 && layer.Want.Rank == 0, "it is wanted");
            _stage.Until(() => layer.Held.Has(0), "it comes");
        }

        [Test]
        public void ItFollowsItsWallAndTheNextImage()
        {
            PlacedWall wall = GoTo("block.0");
            Tap("<Keyboard>/t");
            _stage.Frames(60);
            Vec3 before = Lifted.Raised.Frame.Origin;
            string title = Lifted.Caption.Title;
            _bridge.Tell("move " + wall.Station + " 0.5 0.2 -6 1.5");
            _stage.Until(
                () => Lifted.Raised.Frame.Origin.DistanceTo(before) > 0.1, "it moves");
            Assert.That(Lifted.Raised.Frame.Scale, Is.EqualTo(1.5).Within(1e-6));
            long run = _bridge.Place(31);
            _stage.Until(() => _stage.State.Run.Id == run && Lifted.Caption.Title != title,
                "its number is that of the new image");
            _stage.Walk.Edits.Reset(wall.Station);
            _stage.Until(() => _bridge.Where(wall.Station) == null, "it is back");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ItGoesBackWhenItIsLeftFarBehind()
        {
            GoTo("block.0");
            Tap("<Keyboard>/t");
            _stage.Frames(30);
            VisitorPose pose = _stage.Walk.Body.Mode.Destination;
            foreach (double away in new[] { 5.0, 15 })
            {
                _stage.Walk.Body.Mode.Place(new VisitorPose(
                    pose.Position.Plus(new Vec3(0, 0, away)), pose.Yaw, pose.Pitch));
                _stage.Frames(2);
                Assert.That(Lifted.Tile >= 0, Is.EqualTo(away < 11));
            }
        }

        [Test]
        public void WithAHeadsetTheTriggerLifts()
        {
            PlacedWall wall = GoTo("block.0");
            Headset.IsPresent = true;
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(0, 1.6f, 0));
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
            _stage.Walk.Menus.Run(Command.Headset);
            _stage.Frames(5);
            _stage.Walk.Navigator.GoTo("block.0");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the jump");
            WallRect tile = TilePlace.RectOf(wall.Panels[0], 2);
            Aim(wall.Frame.PointOf(
                tile.Left + tile.Width / 2, tile.Bottom + tile.Height / 2));
            Devices.Set("<XRController>{RightHand}/{Trigger}", 1f);
            _stage.Frames(1);
            Devices.Set("<XRController>{RightHand}/{Trigger}", 0f);
            _stage.Frames(60);
            Assert.That(Lifted.Tile, Is.EqualTo(2));
            Assert.That(Lifted.Raised.Width, Is.GreaterThan(1.2 * tile.Width));
            _stage.Walk.Menus.Run(Command.Headset);
            _stage.ComplainsOfNothing();
        }

        LiftedTile Lifted
        {
            get { return _stage.Walk.Room.Lifted; }
        }

        PlacedWall GoTo(string layer)
        {
            _bridge.Tell("expand block");
            _stage.Until(() => _stage.State.Room.Stations.Any(
                one => one.Layers.Contains("block.0") && one.Closed == ""), "the block is open");
            _stage.Walk.Navigator.GoTo(layer);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the arrival");
            string station = _stage.Walk.Room.Highlights.Chosen;
            return _stage.Walk.Room.Walls.All.First(one => one.Station == station);
        }

        // Right before the right hand, wherever the visitor stands.
        void Aim(Vec3 target)
        {
            const string hand = "<XRController>{RightHand}/";
            Devices.Set(hand + "isTracked", 1f);
            Devices.Set(hand + "pointerPosition", Vector3.zero);
            Devices.Set(hand + "pointerRotation", Quaternion.identity);
            _stage.Frames(2);
            RigidPose zero = _stage.Walk.Body.Headset.InRoom(_stage.Walk.Body.Right);
            Vec3 eyes = _stage.Walk.Body.Mode.Destination.Position;
            double yaw = zero.Rotation.Yaw();
            Vec3 at = Rotations.AboutY(-yaw).Turn(eyes.Minus(zero.Position));
            Vec3 way = Rotations.AboutY(-yaw).Turn(target.Minus(eyes)).Direction();
            Devices.Set(hand + "pointerPosition",
                new Vector3((float)at.X, (float)at.Y, (float)-at.Z));
            Devices.Set(hand + "pointerRotation", Quaternion.LookRotation(
                new Vector3((float)way.X, (float)way.Y, (float)-way.Z), Vector3.up));
            _stage.Frames(2);
        }

        Vector2 PixelOf(PlacedWall wall, long tile)
        {
            WallRect rect = TilePlace.RectOf(wall.Panels[0], tile);
            return PixelOf(wall.Frame.PointOf(
                rect.Left + rect.Width / 2, rect.Bottom + rect.Height / 2));
        }

        Vector2 PixelOf(Vec3 point)
        {
            VisitorPose pose = _stage.Walk.Body.Desktop.Visitor.Pose;
            Vec3 away = pose.Eyes.Rotation.Inverse().Turn(point.Minus(pose.Position));
            double down = Math.Tan(pose.Fov * Math.PI / 360);
            return new Vector2(
                (float)(Screen.width / 2.0 + away.X / -away.Z / down * Screen.height / 2),
                (float)(Screen.height / 2.0 * (1 + away.Y / -away.Z / down)));
        }

        bool IsOnScreen(RaisedTile raised)
        {
            WallRect slab = raised.Slab;
            Vector2 low = PixelOf(raised.Frame.PointOf(slab.Left, slab.Bottom));
            Vector2 high = PixelOf(raised.Frame.PointOf(slab.Right, slab.Top));
            return low.x >= -1 && low.y >= -1 && high.x <= Screen.width + 1
                && high.y <= Screen.height + 1;
        }

        void Click(Vector2 pixel)
        {
            Devices.Set("<Mouse>/position", pixel);
            _stage.Frames(30); // no second click of a double one
            _stage.Click();
        }

        void Tap(string key)
        {
            _stage.Tap(key);
        }
    }
}
