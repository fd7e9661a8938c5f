using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using System.Threading;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityDouble;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Tests
{
    /// <summary>
    /// A visitor in the Unity client, for test_client_and_browser.py, which says in lines what the
    /// visitor does. Arguments: endpoint and token of a bridge. Prints `done` after each command:
    /// `lit` awaits that all walls show the run; `drag` moves a wall that is in sight and prints
    /// `moved STATION DX DY DZ`; `close LAYER` closes the block around it, `open BLOCK`; `place
    /// DIGIT` hangs a picture of the shelf; `await open BLOCK`, `await closed BLOCK`, `await run
    /// PICTURE`, `await at STATION X Y Z`, `await hidden STATION`, `await shown STATION`, `await
    /// layout KIND` await it; `where STATION` prints `at X Y Z` as the shaders have it, `axis
    /// STATION` prints `along X Y Z`, the first axis of its first wall; `stations` prints the keys of those with walls; `photograph` prints
    /// `colour R G B`, the mean of what hangs there; `complaints` prints what went wrong.
    /// </summary>
    public static class Program
    {
        const int FrameMs = 10;
        const string RightButton = "<Mouse>/rightButton", Position = "<Mouse>/position";

        static readonly BlockingCollection<string> Commands = new BlockingCollection<string>();

        static Stage _stage;

        public static int Main(string[] arguments)
        {
            new Thread(Listen) { IsBackground = true }.Start();
            using (_stage = new Stage(new BridgeAddress(arguments[0], arguments[1], "")))
            {
                while (!Commands.IsCompleted)
                {
                    string line; // what comes meanwhile over the wire comes in frames
                    if (Commands.TryTake(out line, FrameMs))
                    {
                        Obey(line.Split(' '));
                        Console.WriteLine("done");
                    }
                    Player.Frame();
                }
            }
            return 0;
        }

        static void Listen()
        {
            string line;
            while ((line = Console.ReadLine()) != null)
            {
                Commands.Add(line);
            }
            Commands.CompleteAdding();
        }

        static void Obey(string[] words)
        {
            switch (words[0])
            {
                case "lit":
                    _stage.UntilLit();
                    break;
                case "drag":
                    Drag();
                    break;
                case "close":
                    _stage.Walk.Navigator.GoTo(words[1]);
                    _stage.Tap("<Keyboard>/backspace");
                    break;
                case "open":
                    _stage.Walk.Navigator.GoTo(words[1]);
                    _stage.Tap("<Keyboard>/enter");
                    break;
                case "place":
                    _stage.Tap("<Keyboard>/" + words[1]);
                    break;
                case "await":
                    Await(words[1], words[2], words.Skip(3).Select(Number).ToArray());
                    break;
                default:
                    Say(words);
                    break;
            }
        }

        static void Say(string[] words)
        {
            switch (words[0])
            {
                case "where":
                    Console.WriteLine("at " + Text(_stage.WallOrigin(words[1])));
                    break;
                case "axis":
                    Console.WriteLine("along " + Text(_stage.WallElement(words[1], 1)));
                    break;
                case "stations":
                    Console.WriteLine(string.Join(" ", _stage.Walk.Room.Walls.All
                        .Select(wall => wall.Station).Distinct().ToArray()));
                    break;
                case "photograph":
                    Console.WriteLine("colour " + Text(Photograph()));
                    break;
                case "complaints":
                    Player.Complaints.ForEach(Console.WriteLine);
                    break;
                default:
                    throw new ArgumentException("there is no command " + words[0]);
            }
        }

        static void Await(string what, string name, double[] at)
        {
            switch (what)
            {
                case "open":
                    _stage.Until(() => IsOpen(name), name + " is open");
                    break;
                case "closed":
                    _stage.Until(() => !IsOpen(name), name + " is closed");
                    break;
                case "run":
                    _stage.Until(
                        () => _stage.State.Run.Picture == name && _stage.State.Run.Complete,
                        name + " has come through");
                    break;
                case "hidden":
                    _stage.Until(() => !Stands(name), name + " vanishes");
                    break;
                case "shown":
                    _stage.Until(() => Stands(name), name + " appears");
                    break;
                case "layout":
                    _stage.Until(
                        () => Layouts.KindOf(_stage.State.Room.Layout) == name, "the layout");
                    break;
                case "at":
                    var place = new Vec3(at[0], at[1], at[2]);
                    _stage.Until(() => PlaceOf(name).DistanceTo(place) < 1e-4, name + " is moved");
                    break;
                default:
                    throw new ArgumentException("nobody awaits " + what);
            }
            _stage.UntilLit();
        }

        static Vec3 PlaceOf(string station)
        {
            return _stage.Walk.Room.Placement.PoseOf(station).Position;
        }

        static bool Stands(string station)
        {
            return _stage.Walk.Room.Walls.All.Any(wall => wall.Station == station);
        }

        static bool IsOpen(string block)
        {
            return _stage.State.Room.Expanded.Contains(block);
        }

        // With the right button, from the start.
        static void Drag()
        {
            _stage.Walk.Navigator.Home();
            _stage.Until(() => !_stage.Walk.Body.Mode.Moving, "the way back");
            string station;
            Vector2 pixel = _stage.PixelOfAWall(out station);
            Vec3 before = PlaceOf(station);
            Devices.Set(Position, pixel);
            Devices.Press(RightButton);
            _stage.Frames(2);
            Devices.Set(Position, pixel + new Vector2(60, 0));
            _stage.Frames(20);
            Vec3 way = PlaceOf(station).Minus(before); // in the hand
            Devices.Release(RightButton);
            _stage.Frames(2);
            Console.WriteLine("moved " + station + " "
                + Text(new Vector3((float)way.X, (float)way.Y, (float)way.Z)));
        }

        // The mean of what the graphics device got.
        static Vector3 Photograph()
        {
            Texture hangs = Player.Draws.Where(draw => draw.Shader == "Layerwalk/Picture")
                .Select(draw => draw.Value<Texture2DArray>("_LayerwalkPictures"))
                .First(pictures => pictures.width == _stage.State.Photograph.Width);
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(hangs);
            read.WaitForCompletion();
            byte[] rgba = read.GetData<byte>(0).ToArray();
            var sums = new double[4];
            for (int i = 0; i < rgba.Length; i++)
            {
                sums[i % 4] += rgba[i] / (rgba.Length / 4.0);
            }
            return new Vector3((float)sums[0], (float)sums[1], (float)sums[2]);
        }

        static double Number(string text)
        {
            return double.Parse(text, CultureInfo.InvariantCulture);
        }

        static string Text(Vector3 v)
        {
            return string.Format(CultureInfo.InvariantCulture, "{0:R} {1:R} {2:R}", v.x, v.y, v.z);
        }
    }
}
