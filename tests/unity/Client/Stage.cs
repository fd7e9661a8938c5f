using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using Layerwalk.Client;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>The application, running headless on the engine's double.</summary>
    public sealed class Stage : IDisposable
    {
        const double PatienceS = 60;

        readonly string _folder;
        GameObject _scene;

        /// <summary>`address` null: nobody has told it of a bridge.</summary>
        public Stage(BridgeAddress address)
        {
            string checkout = Path.GetDirectoryName(Path.GetDirectoryName(PythonProcess.Folder()));
            _folder = Path.Combine(Path.GetTempPath(), "layerwalk-" + Guid.NewGuid());
            Directory.CreateDirectory(_folder);
            ProjectFiles.Roots.Clear();
            ProjectFiles.Roots.Add(Path.Combine(checkout, "shaders"));
            Player.Begin(_folder, typeof(LayerwalkApp).Assembly);
            if (address != null)
            {
                PlayerPrefs.SetString("layerwalk.endpoint", address.Endpoint);
                PlayerPrefs.SetString("layerwalk.token", address.Token);
                PlayerPrefs.SetString("layerwalk.server-key", address.ServerKey);
                PlayerPrefs.SetInt("layerwalk.remember-token", 1);
            }
            Play();
        }

        public LayerwalkApp App { get; private set; }

        public string Folder
        {
            get { return _folder; }
        }

        public Walk Walk
        {
            get { return App.Walk; }
        }

        public SessionState State
        {
            get { return Walk.Session.State; }
        }

        /// <summary>Draws of walls in the last frame.</summary>
        public Draw[] WallDraws
        {
            get
            {
                string[] walls = { "Layerwalk/Face", "Layerwalk/Canvas", "Layerwalk/Reflection" };
                return Player.Draws.Where(draw => walls.Contains(draw.Shader)).ToArray();
            }
        }

        /// <summary>Runs frames until something holds; fails where it never does.</summary>
        public void Until(Func<bool> holds, string what)
        {
            var watch = Stopwatch.StartNew();
            while (!holds())
            {
                if (watch.Elapsed.TotalSeconds > PatienceS)
                {
                    Assert.Fail(what + " did not happen; " + State.ConnectionWords + State.Notice
                        + "\n" + string.Join("\n", Player.Complaints.Select(c => c.ToString())));
                }
                Player.Frame();
                Thread.Sleep(1); // as a display would; what is awaited comes over the wire
            }
        }

        public void Frames(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Player.Frame();
            }
        }

        /// <summary>Bytes that the scripts allocated in each of so many frames; `before` is called
        /// before each with its number.</summary>
        public static long[] Allocated(int frames, Action<int> before = null)
        {
            var bytes = new long[frames];
            for (int i = 0; i < frames; i++)
            {
                if (before != null)
                {
                    before(i);
                }
                long were = Allocation.OfScripts;
                Player.Frame();
                bytes[i] = Allocation.OfScripts - were;
            }
            return bytes;
        }

        /// <summary>Not one byte in two hundred frames, once all is compiled and every list has
        /// its length.</summary>
        public void AllocatesNothing(Action<int> before = null)
        {
            Allocated(100, before);
            long[] bytes = Allocated(200, before);
            Assert.That(
                bytes.Sum(), Is.EqualTo(0),
                string.Join(" ", Array.ConvertAll(bytes, each => each.ToString())));
            ComplainsOfNothing();
        }

        /// <summary>Runs until there are a room and letters, and all its walls show the run.
        /// </summary>
        public void UntilLit()
        {
            Until(() => State.Room != null && State.Run != null && State.Run.Complete
                && Walk.Glyphs.Atlas != null && !Walk.Room.Activations.Residents.Waiting
                && Walk.Room.Activations.Lit == LayersOnWalls() && !Walk.Room.IsGliding,
                "the room is lit");
            Frames(40); // fades end
        }

        /// <summary>Presses a key, for a frame.</summary>
        public void Tap(string key)
        {
            Devices.Press(key);
            Frames(1);
            Devices.Release(key);
            Frames(1);
        }

        /// <summary>Clicks, with the mouse at a desk, the line of the open menu that begins so.
        /// </summary>
        public void ClickLine(string beginning)
        {
            for (int y = Screen.height - 1; y > 0; y -= 6)
            {
                Devices.Set("<Mouse>/position", new Vector2(Screen.width / 2, y));
                Frames(1);
                if (Walk.Hud.MarkedText.StartsWith(beginning, StringComparison.Ordinal))
                {
                    Click();
                    return;
                }
            }
            Assert.Fail("no line of the menu begins with " + beginning);
        }

        /// <summary>Presses and lets go of the mouse's left button.</summary>
        public void Click()
        {
            Devices.Press("<Mouse>/leftButton");
            Frames(1);
            Devices.Release("<Mouse>/leftButton");
            Frames(2);
        }

        /// <summary>A pixel under which a wall of a station stands, for the visitor at a desk.
        /// </summary>
        public Vector2 PixelOfAWall(out string station)
        {
            // The mouse points to nothing meanwhile.
            Devices.Set("<Mouse>/position", new Vector2(-1000, -1000));
            for (int y = 700; y > 0; y -= 10)
            {
                for (int x = 10; x < 1280; x += 10)
                {
                    var pixel = new Vector2(x, y);
                    Hit hit = Picking.Pick(
                        Walk.Body.Desktop.RayThrough(pixel), Walk.Room.Walls.All, null);
                    if (hit.Station != "" && hit.Kind != HitKind.Nothing)
                    {
                        station = hit.Station;
                        return pixel;
                    }
                }
            }
            throw new InvalidOperationException("no wall is in sight");
        }

        /// <summary>Where the first wall of a station stands for the shaders.</summary>
        public Vector3 WallOrigin(string station)
        {
            return WallElement(station, 0);
        }

        /// <summary>An element of what shaders know of the first wall of a station: 0 its origin,
        /// 1 and 2 its axes.</summary>
        public Vector3 WallElement(string station, int element)
        {
            int index = Array.FindIndex(Walk.Room.Walls.All, wall => wall.Station == station);
            Vector4[] walls = WallDraws[0].Elements<Vector4>("_LayerwalkWalls");
            return walls[8 * index + element];
        }

        /// <summary>Nothing was said to be wrong.</summary>
        public void ComplainsOfNothing()
        {
            Assert.That(Player.Complaints.Select(line => line.ToString()), Is.Empty);
        }

        public void Dispose()
        {
            Player.Quit();
            Directory.Delete(_folder, true);
        }

        /// <summary>Enters play mode, if that was left.</summary>
        public void Play()
        {
            if (_scene == null)
            {
                _scene = new GameObject("Layerwalk");
                App = _scene.AddComponent<LayerwalkApp>();
            }
        }

        /// <summary>Ends the scene's only object, as leaving play mode does.</summary>
        public void Leave()
        {
            UnityEngine.Object.Destroy(_scene);
            Player.Frame();
        }

        int LayersOnWalls()
        {
            return Walk.Room.Walls.All.Where(wall => wall.Panels.Length > 0)
                .Select(wall => wall.Layer).Distinct().Count();
        }
    }
}
