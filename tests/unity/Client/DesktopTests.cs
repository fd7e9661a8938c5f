using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering.Universal;

namespace Layerwalk.Tests
{
    /// <summary>A visitor at a desk: keys, mouse, search, pictures.</summary>
    [TestFixture]
    public sealed class DesktopTests : WalkTests
    {
        [Test]
        public void KeysWalkAndTheMouseLooks()
        {
            Vec3 before = Pose.Position;
            Vector3 camera = Camera;
            Devices.Press("<Keyboard>/w");
            _stage.Frames(36);
            Devices.Release("<Keyboard>/w");
            _stage.Frames(40);
            Assert.That(before.Z - Pose.Position.Z, Is.InRange(1, 1.5)); // 2.5 m a second
            Assert.That(Camera.z - camera.z, Is.InRange(1, 1.5)); // the engine's z is ahead
            double yaw = Pose.Yaw;
            Devices.Set("<Mouse>/position", new Vector2(600, 300));
            Devices.Press("<Mouse>/leftButton");
            _stage.Frames(1);
            Devices.Set("<Mouse>/position", new Vector2(700, 300));
            Devices.Set("<Mouse>/delta", new Vector2(100, 0));
            _stage.Frames(1);
            Devices.Release("<Mouse>/leftButton");
            _stage.Frames(2);
            Assert.That(Pose.Yaw - yaw, Is.EqualTo(0.32).Within(1e-6)); // as in the web viewer
            Assert.That(_stage.Walk.Body.Desktop.Moving, Is.False);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ANameThatIsTypedIsGoneTo()
        {
            Tap("<Keyboard>/tab"); // from one menu into the other
            Tap("<Keyboard>/slash");
            Assert.That(_stage.Walk.Hud.HasMenu, Is.True);
            Vec3 before = Pose.Position;
            Devices.Type("block.2");
            Devices.Press("<Keyboard>/w"); // a letter, not a step
            _stage.Frames(10);
            Devices.Release("<Keyboard>/w");
            Assert.That(Pose.Position.DistanceTo(before), Is.EqualTo(0));
            Devices.Type("\r");
            Devices.Press("<Keyboard>/enter"); // which would open a block here
            _stage.Frames(1);
            Devices.Release("<Keyboard>/enter");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the arrival");
            Station station = _stage.State.Room.Stations.First(
                one => one.Layers.Contains("block.2"));
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(station.Key));
            Assert.That(Pose.Position.DistanceTo(station.Walls[0].PositionM), Is.LessThan(6));
            Assert.That(_stage.Walk.Hud.HasMenu, Is.False);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void TheValueUnderThePointerIsSaid()
        {
            Station station = _stage.State.Room.Stations.First(
                one => one.Layers.Contains("block.0"));
            _stage.Walk.Navigator.GoTo(station, 0);
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the arrival");
            ResidentLayer layer = _stage.Walk.Room.Activations.Residents.Get(
                station.Shown);
            _stage.Until(() => layer.Held.Has(0), "its values");
            Vector2 pixel = Vector2.zero;
            Hit hit = default(Hit);
            for (int y = 600; y > 100 && hit.Kind != HitKind.Tile; y -= 7)
            {
                pixel = new Vector2(640, y);
                hit = Picking.Pick(
                    _stage.Walk.Body.Desktop.RayThrough(pixel), _stage.Walk.Room.Walls.All, null);
            }
            Devices.Set("<Mouse>/position", pixel);
            _stage.Frames(2);
            long tile = hit.Tile.Tile;
            PageLevel packing = layer.Held.Packing(0);
            long x = tile % packing.Columns * packing.TileWidth
                + (long)Math.Floor(hit.Tile.U * packing.TileWidth);
            long y0 = tile / packing.Columns * packing.TileHeight
                + (long)Math.Floor(hit.Tile.V * packing.TileHeight);
            byte code = layer.Held.Page(0, 0).Array[y0 * packing.Width + x];
            Assert.That(_stage.Walk.Hands.Pointed, Is.EqualTo(station.Shown + "   channel "
                + tile + "   " + Readout.Number(layer.Held.Value(tile, code))));
            Assert.That(Readout.Number(-0.0123456), Is.EqualTo("\u22120.012"));
            Assert.That(Readout.Number(123456), Is.EqualTo("1.2e+5"));
        }

        [Test]
        public void ALineOfAPanelThatIsClickedDoesWhatItSaysAndNothingBehindItIsMeant()
        {
            Tap("<Keyboard>/tab");
            Assert.That(_stage.Walk.Settings.Comfort.SmoothTurn, Is.False);
            _stage.ClickLine("Turn smoothly");
            Assert.That(_stage.Walk.Settings.Comfort.SmoothTurn, Is.True);
            Assert.That(_stage.Walk.Room.Highlights.Chosen, Is.EqualTo(""));
            Assert.That(_stage.Walk.Body.Mode.Moving, Is.False);
            Tap("<Keyboard>/escape");
            Assert.That(_stage.Walk.Hud.HasMenu, Is.False);
            Assert.That(Settings.Load().Comfort.SmoothTurn, Is.True); // kept
        }

        [Test]
        public void OverviewHomeEndAndStopsAreThoseOfTheWebViewer()
        {
            Tap("<Keyboard>/o");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the flight up");
            VisitorPose above = Places.Above(
                _stage.State.Room, ScreenArea.Whole(Screen.width, Screen.height));
            Assert.That(Pose.Position.DistanceTo(above.Position), Is.LessThan(1e-6));
            Assert.That(_stage.WallDraws[0].Value<float>("_LayerwalkFog"), Is.EqualTo(0.3f));
            Tap("<Keyboard>/end");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the flight to the board");
            Vec3 board = Places.AtBoard(_stage.State.Room).Position;
            Assert.That(Pose.Position.DistanceTo(board), Is.LessThan(1e-6));
            Assert.That(_stage.WallDraws[0].Value<float>("_LayerwalkFog"), Is.EqualTo(1));
            Tap("<Keyboard>/leftBracket");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "a stop");
            Assert.That(Pose.Position.Z, Is.GreaterThan(board.Z + 1));
            Tap("<Keyboard>/home");
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way back");
            Assert.That(Pose.Position.DistanceTo(Places.AtStart(_stage.State.Room).Position),
                Is.LessThan(1e-6));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AScreenshotIsAPngOfWhatAnOwnCameraSees()
        {
            // The left half red, the right half blue; the lower half dark.
            Player.Painter = view => Painted(view.Target, (x, y) =>
                new Color32((byte)(x < 0.5 ? 250 : 0), (byte)(y < 0.5 ? 5 : 200),
                    (byte)(x < 0.5 ? 0 : 250), 255));
            Tap("<Keyboard>/f12");
            string path = SavedPicture();
            PngPicture picture = PngPicture.Read(path);
            Assert.That(picture.Width, Is.EqualTo(1920));
            Assert.That(picture.Height, Is.EqualTo(1080));
            Assert.That(picture.At(10, 10), Is.EqualTo(new[] { 250, 200, 0 }));
            Assert.That(picture.At(1900, 1070), Is.EqualTo(new[] { 0, 5, 250 }));
            Assert.That(Path.GetDirectoryName(path), Is.EqualTo(Application.persistentDataPath));
            _stage.ComplainsOfNothing();
        }

        [TestCase(4, 8, 4)]
        [TestCase(8, 2, 2)]
        [TestCase(1, 8, 1)]
        public void PicturesHaveAsManySamplesAsTheDisplay(int pipeline, int device, int samples)
        {
            UniversalRenderPipeline.asset.msaaSampleCount = pipeline;
            Machine.MaxSamples = device;
            var surfaces = new List<RenderTextureDescriptor>();
            Player.Painter = view =>
            {
                if (view.Target != null)
                {
                    surfaces.Add(view.Target.descriptor);
                }
                return Painted(view.Target, (x, y) => ColourOf(view.Camera));
            };
            foreach (string key in new[] { "<Keyboard>/f11", "<Keyboard>/f12" })
            {
                string before = _stage.State.Notice;
                Tap(key);
                _stage.Until(() => _stage.State.Notice != before, "another picture");
                PngPicture picture = PngPicture.Read(SavedPicture());
                Assert.That(
                    picture.At(picture.Width / 2, picture.Height / 2),
                    Is.EqualTo(new[] { 0, 0, 200 }));
            }
            Assert.That(surfaces.Count, Is.EqualTo(6 + 1));
            foreach (RenderTextureDescriptor surface in surfaces)
            {
                Assert.That(surface.msaaSamples, Is.EqualTo(samples));
                Assert.That(surface.graphicsFormat, Is.EqualTo(GraphicsFormat.R8G8B8A8_SRGB));
                Assert.That(surface.depthStencilFormat, Is.EqualTo(GraphicsFormat.D32_SFloat));
            }
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void APictureOfAllDirectionsHasAheadInItsMiddle()
        {
            // Each face has a colour of its own, told by where its camera looks.
            Player.Painter = view => Painted(view.Target, (x, y) => ColourOf(view.Camera));
            Tap("<Keyboard>/f11");
            int walls = _stage.Walk.Room.Walls.All.Length;
            Assert.That(_stage.Walk.Room.Surfaces.InView, Is.EqualTo(walls)); // behind, too
            PngPicture picture = PngPicture.Read(SavedPicture());
            Assert.That(picture.Width, Is.EqualTo(4096));
            Assert.That(picture.Height, Is.EqualTo(2048));
            Assert.That(picture.At(2048, 1024), Is.EqualTo(new[] { 0, 0, 200 })); // ahead
            Assert.That(picture.At(3072, 1024), Is.EqualTo(new[] { 200, 0, 0 })); // right
            Assert.That(picture.At(1024, 1024), Is.EqualTo(new[] { 50, 0, 0 })); // left
            Assert.That(picture.At(2048, 20), Is.EqualTo(new[] { 0, 200, 0 })); // up
            Assert.That(picture.At(2048, 2030), Is.EqualTo(new[] { 0, 50, 0 })); // down
            Assert.That(picture.At(5, 1024), Is.EqualTo(new[] { 0, 0, 50 })); // behind
            _stage.ComplainsOfNothing();
        }

        VisitorPose Pose
        {
            get { return _stage.Walk.Body.Desktop.Visitor.Pose; }
        }

        Vector3 Camera
        {
            get { return _stage.Walk.Body.Rig.Camera.transform.position; }
        }

        void Tap(string key)
        {
            Devices.Press(key);
            _stage.Frames(1);
            Devices.Release(key);
            _stage.Frames(1);
        }

        string SavedPicture()
        {
            _stage.Until(
                () => _stage.State.Notice.StartsWith("Saved ", StringComparison.Ordinal),
                "the picture");
            return _stage.State.Notice.Substring(6);
        }

        static Color32 ColourOf(UnityEngine.Camera camera)
        {
            Vector3 to = camera.transform.forward;
            return new Color32(Part(to.x), Part(to.y), Part(to.z), 255);
        }

        static byte Part(float along)
        {
            return (byte)(along > 0.5 ? 200 : along < -0.5 ? 50 : 0);
        }

        // RGBA, rows from the bottom; x and y go from 0 to 1 from the left and the bottom.
        static byte[] Painted(RenderTexture target, Func<double, double, Color32> colour)
        {
            if (target == null)
            {
                return null;
            }
            var bytes = new byte[4 * target.width * target.height];
            for (int i = 0; i < target.width * target.height; i++)
            {
                double x = i % target.width / (double)target.width;
                double y = i / target.width / (double)target.height;
                Color32 one = colour(x, y);
                bytes[4 * i] = one.r;
                bytes[4 * i + 1] = one.g;
                bytes[4 * i + 2] = one.b;
                bytes[4 * i + 3] = one.a;
            }
            return bytes;
        }
    }
}
