using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using Layerwalk.Client;
using Layerwalk.Tests;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Benchmarks
{
    /// <summary>
    /// A visitor stands in the room that tests/benchmarks/unity_frames.py serves, the mouse points
    /// to a wall, and nothing changes. Arguments: endpoint, token, frames. Prints of every frame
    /// `ms` and milliseconds of the main thread: of the client, and of the engine's double that is
    /// handed the same draws by a loop. Then `memory` and bytes allocated in all: by the client,
    /// by the double for those draws, and by it for what else a frame hands it; `room` with walls
    /// and draws of a frame; and `collections` during all that was measured.
    /// </summary>
    public static class Program
    {
        const float FrameS = 1 / 72f;
        const int WarmUp = 200;

        static readonly int Unread = Shader.PropertyToID("_LayerwalkOfTheBenchmark");

        static readonly Func<long> Allocated = (Func<long>)Delegate.CreateDelegate(
            typeof(Func<long>),
            typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread",
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));

        static Stage _stage;
        static long _client, _drawing, _rest;
        static int _collections;

        public static int Main(string[] arguments)
        {
            using (_stage = new Stage(new BridgeAddress(arguments[0], arguments[1], "")))
            {
                _stage.UntilLit();
                string station;
                Devices.Set("<Mouse>/position", _stage.PixelOfAWall(out station));
                _stage.Frames(600); // notices and hints of the beginning are gone
                Draw[] draws = Player.Draws.ToArray();
                Measure(WarmUp, draws, (client, drawing) => { });
                int frames = int.Parse(arguments[2], CultureInfo.InvariantCulture);
                _client = _drawing = _rest = 0;
                _collections = 0;
                Measure(frames, draws, (client, drawing) => Console.WriteLine(string.Format(
                    CultureInfo.InvariantCulture, "ms {0:R} {1:R}", client, drawing)));
                int walls = _stage.Walk.Room.Walls.All.Count(wall => wall.Panels.Length > 0);
                Console.WriteLine("memory " + _client + " " + _drawing + " " + _rest);
                Console.WriteLine("room " + walls + " " + draws.Length);
                Console.WriteLine("collections " + _collections);
                _stage.ComplainsOfNothing();
            }
            return 0;
        }

        static void Measure(int frames, Draw[] draws, Action<double, double> told)
        {
            double nowS = 0;
            Action frame = () =>
            {
                _stage.Walk.Update(nowS, FrameS);
                _stage.Walk.LateUpdate(nowS);
            };
            Action drawing = () => HandDraws(draws), rest = HandRest;
            for (int i = 0; i < frames; i++)
            {
                // Between two frames of the player, so that time goes on evenly.
                nowS = Time.unscaledTimeAsDouble + FrameS / 2;
                double client = Milliseconds(frame, ref _client);
                double alone = Milliseconds(drawing, ref _drawing);
                Milliseconds(rest, ref _rest);
                told(client, alone);
                Player.Frame(FrameS); // what was noted goes
            }
        }

        // What the double left behind is not collected meanwhile.
        static double Milliseconds(Action run, ref long bytes)
        {
            GC.Collect(0);
            int collections = GC.CollectionCount(0);
            long allocated = Allocated();
            long began = Stopwatch.GetTimestamp();
            run();
            long ended = Stopwatch.GetTimestamp();
            bytes += Allocated() - allocated;
            _collections += GC.CollectionCount(0) - collections;
            return (ended - began) * 1e3 / Stopwatch.Frequency;
        }

        static void HandDraws(Draw[] draws)
        {
            for (int i = 0; i < draws.Length; i++)
            {
                Draw draw = draws[i];
                var how = new RenderParams(draw.Material) { worldBounds = draw.Bounds };
                if (draw.IsInstanced)
                {
                    Graphics.RenderMeshPrimitives(how, draw.Mesh, 0, draw.Instances);
                }
                else
                {
                    Graphics.RenderMesh(how, draw.Mesh, 0, draw.Matrix);
                }
            }
        }

        // The six numbers of all shaders, and where the visitor stands.
        static void HandRest()
        {
            for (int i = 0; i < 6; i++)
            {
                Shader.SetGlobalFloat(Unread, i);
            }
            Transform space = _stage.Walk.Body.Rig.Space;
            space.SetPositionAndRotation(Vector3.zero, Quaternion.identity);
        }
    }
}
