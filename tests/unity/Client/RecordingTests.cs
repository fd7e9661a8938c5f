using System;
using System.IO;
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
    /// What is drawn at some places, for test_client_pictures.py, which makes pictures of it.
    /// LAYERWALK_RECORDINGS is the folder; LAYERWALK_RECORDED_BRIDGE may be an address and a token.
    /// </summary>
    [TestFixture]
    public sealed class RecordingTests
    {
        [Test]
        public void PlacesOfTheRoomAreRecorded()
        {
            string told = Environment.GetEnvironmentVariable("LAYERWALK_RECORDINGS");
            string folder = string.IsNullOrEmpty(told)
                ? Path.Combine(Path.GetTempPath(), "layerwalk-" + Guid.NewGuid()) : told;
            string[] bridge = (Environment.GetEnvironmentVariable("LAYERWALK_RECORDED_BRIDGE")
                ?? "").Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            using (WalkBridge own = bridge.Length == 2 ? null : new WalkBridge())
            using (var stage = new Stage(own != null
                ? own.Address : new BridgeAddress(bridge[0], bridge[1], "")))
            {
                Player.Painter = null;
                stage.UntilLit();
                Record(stage, folder, "start", Places.AtStart(stage.State.Room));
                Record(stage, folder, "end", Places.AtBoard(stage.State.Room));
                Record(stage, folder, "wall", Before(stage));
                RecordLifted(stage, folder);
                stage.Walk.Menus.Run(Command.Overview);
                stage.Until(() => !stage.Walk.Body.Mode.Moving, "the flight up");
                Record(stage, folder, "above", stage.Walk.Body.Desktop.Visitor.Pose);
                stage.Walk.Menus.Run(Command.Home);
                stage.Until(() => !stage.Walk.Body.Mode.Moving, "the way back");
                RecordLayouts(stage, folder);
                RecordCarried(stage, folder);
                stage.Walk.Menus.Run(Command.Settings);
                Record(stage, folder, "settings", Places.AtStart(stage.State.Room));
                stage.Walk.Menus.Run(Command.Search);
                Devices.Type("block");
                stage.Frames(1);
                Record(stage, folder, "search", Places.AtStart(stage.State.Room));
                stage.Walk.Menus.Run(Command.Back);
                RecordHeadset(stage, folder);
                stage.ComplainsOfNothing();
            }
            Assert.That(File.Exists(Path.Combine(folder, "wall/draws.json")), Is.True);
            if (string.IsNullOrEmpty(told))
            {
                Directory.Delete(folder, true);
            }
        }

        // On the way through a spiral, before a tower, before one of its walls, and above.
        static void RecordLayouts(Stage stage, string folder)
        {
            LayOut(stage, RoomLayout.Spiral);
            Record(stage, folder, "bend", Aisle.AtShare(stage.State.Room, 0.25));
            RecordAbove(stage, folder, "spiral-above");
            LayOut(stage, RoomLayout.Tower);
            Record(stage, folder, "tower", Places.AtStart(stage.State.Room));
            Record(stage, folder, "tower-wall", Before(stage));
            RecordAbove(stage, folder, "tower-above");
            LayOut(stage, RoomLayout.Linear);
        }

        static void LayOut(Stage stage, RoomLayout layout)
        {
            stage.Walk.Edits.LayOut(layout, 1);
            stage.Until(() => stage.State.Room.Layout == layout, "the layout");
            stage.UntilLit();
        }

        static void RecordAbove(Stage stage, string folder, string name)
        {
            stage.Walk.Menus.Run(Command.Overview);
            stage.Until(() => !stage.Walk.Body.Mode.Moving, "the flight up");
            Record(stage, folder, name, stage.Walk.Body.Desktop.Visitor.Pose);
            stage.Walk.Menus.Run(Command.Home);
            stage.Until(() => !stage.Walk.Body.Mode.Moving, "the way back");
        }

        // A picture in the hand, and another one that snapped into the input frame.
        static void RecordCarried(Stage stage, string folder)
        {
            VisitorPose start = Places.AtStart(stage.State.Room);
            stage.Until(() => stage.Walk.Room.Exhibits.Shelf.Hung.Count > 1, "the shelf");
            Carrying carrying = stage.Walk.Carrying;
            carrying.Take(0, stage.Walk.Room.Exhibits.Shelf.Hung[0]);
            carrying.Take(1, stage.Walk.Room.Exhibits.Shelf.Hung[1]);
            PlacedWall wall = stage.Walk.Room.Walls.All.First(
                one => one.Kind == WallKind.Photograph);
            Vec3 hand = start.Position.Plus(new Vec3(0.15, -0.3, -0.9));
            carrying.Follow(0, new RigidPose(hand, Rotations.None), start.Position);
            Vec3 to = wall.Frame.PointOf(0, 1.5).Minus(start.Position);
            double pixels = Screen.height / (2 * Math.Tan(start.Fov * Math.PI / 360));
            Devices.Set("<Mouse>/position", new Vector2(
                (float)(Screen.width / 2.0 + to.X / -to.Z * pixels),
                (float)(Screen.height / 2.0 + to.Y / -to.Z * pixels)));
            Devices.Press("<Mouse>/rightButton"); // the hand that holds the other one
            Record(stage, folder, "carried", start);
            Assert.That(carrying.IsSnapped(1), Is.True);
            carrying.Drop(0);
            carrying.Drop(1);
            Devices.Release("<Mouse>/rightButton");
            Devices.Set("<Mouse>/position", new Vector2(-1000, -1000));
        }

        // The third tile of that wall.
        static void RecordLifted(Stage stage, string folder)
        {
            Station station = Two(stage);
            stage.Walk.Navigator.GoTo(station, 0);
            stage.Until(() => !stage.Walk.Body.Mode.Moving, "the arrival");
            PlacedWall wall = stage.Walk.Room.Walls.All.First(
                one => one.Station == station.Key && one.Index == 0);
            stage.Walk.Room.Lifted.Lift(
                wall, wall.Panels[0].First + 2, stage.Walk.Body.Mode.Sight);
            Record(stage, folder, "lifted", stage.Walk.Body.Mode.Destination);
        }

        // Both hands before the visitor, a panel, and an arc to where one may stand.
        static void RecordHeadset(Stage stage, string folder)
        {
            Headset.IsPresent = true;
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(0, 1.6f, 0));
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
            foreach (string hand in new[] { "Left", "Right" })
            {
                string path = "<XRController>{" + hand + "Hand}/";
                float side = hand == "Left" ? -0.3f : 0.3f;
                Devices.Set(path + "isTracked", 1f);
                Devices.Set(path + "pointerPosition", new Vector3(side, 1.3f, 0.5f));
                Devices.Set(path + "pointerRotation", Quaternion.Euler(20, 0, 0));
            }
            stage.Walk.Menus.Run(Command.Headset);
            stage.Frames(5);
            stage.Walk.Menus.Run(Command.Settings);
            Devices.Set("<XRController>{RightHand}/{Primary2DAxis}", new Vector2(0, 1));
            stage.Frames(30);
            VisitorPose eyes = stage.Walk.Body.Mode.Destination;
            Recording.Write(Path.Combine(folder, "headset"), new VisitorPose(
                eyes.Position, eyes.Yaw, 0, 90));
        }

        static VisitorPose Before(Stage stage)
        {
            Station station = Two(stage);
            return Places.BeforeWall(
                stage.State.Room, station, station.Walls[0], stage.Walk.Room.Placement,
                ScreenArea.Whole(1280, 720));
        }

        // The first station with walls on both sides.
        static Station Two(Stage stage)
        {
            return stage.State.Room.Stations.First(one => one.Walls.Length > 1);
        }

        static void Record(Stage stage, string folder, string name, VisitorPose pose)
        {
            stage.Walk.Body.Mode.Place(pose);
            stage.Frames(120); // detail comes, and fades end
            stage.Until(() => !stage.Walk.Room.Activations.Residents.Waiting, "the detail");
            stage.Frames(40);
            Recording.Write(Path.Combine(folder, name), pose);
        }
    }
}
