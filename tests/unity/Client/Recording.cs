using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using UnityDouble;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Tests
{
    /// <summary>
    /// Writes what was drawn in a frame into a folder: draws.json, and beside it the bytes of
    /// meshes, buffers and textures, each once. recorded.py reads it, and draws it with the
    /// shaders where there is no engine.
    /// </summary>
    public sealed class Recording
    {
        static readonly string[] Numbers =
        {
            "Time", "Fog", "Overview", "Stale", "PerChannel", "Sweep", "GlyphRange", "DepthTest",
        };

        static readonly string[] Buffers =
        {
            "Walls", "Panels", "Layers", "Ranges", "TileColours", "Numbers",
        };

        static readonly string[] Textures = { "Palette", "Pages", "Pictures", "Glyphs" };

        readonly string _folder;
        readonly Dictionary<UnityEngine.Object, string> _written =
            new Dictionary<UnityEngine.Object, string>();

        int _files;

        Recording(string folder)
        {
            _folder = folder;
            Directory.CreateDirectory(folder);
        }

        /// <summary>Writes the last frame, as these eyes saw it.</summary>
        public static void Write(string folder, Layerwalk.Scene.VisitorPose pose)
        {
            var recording = new Recording(folder);
            string[] draws = Player.Draws.Where(draw => draw.Shader.StartsWith("Layerwalk/"))
                .Select(recording.Of).ToArray();
            string[] eyes =
            {
                Text(pose.Position.X), Text(pose.Position.Y), Text(pose.Position.Z),
                Text(pose.Yaw), Text(pose.Pitch), Text(pose.Fov),
            };
            File.WriteAllText(Path.Combine(folder, "draws.json"), "{\"eyes\": ["
                + string.Join(", ", eyes) + "],\n\"draws\": [\n"
                + string.Join(",\n", draws) + "\n]}\n");
        }

        string Of(Draw draw)
        {
            var fields = new List<string>
            {
                "\"shader\": \"" + draw.Shader + "\"",
                "\"instances\": " + draw.Instances,
                "\"keywords\": [" + string.Join(
                    ", ", draw.Keywords.Select(word => "\"" + word + "\"").ToArray()) + "]",
                "\"mesh\": " + Mesh(draw.Mesh),
            };
            foreach (string name in Numbers.Where(one => draw.Has("_Layerwalk" + one)))
            {
                fields.Add("\"" + name + "\": " + Text(draw.Value<float>("_Layerwalk" + name)));
            }
            foreach (string name in Buffers.Where(one => draw.Has("_Layerwalk" + one)))
            {
                fields.Add("\"" + name + "\": \"" + Saved(draw.Buffer("_Layerwalk" + name)) + "\"");
            }
            foreach (string name in Textures.Where(one => draw.Has("_Layerwalk" + one)))
            {
                fields.Add("\"" + name + "\": " + Image(draw.Value<Texture>("_Layerwalk" + name)));
            }
            return "{" + string.Join(", ", fields.ToArray()) + "}";
        }

        string Mesh(Mesh mesh)
        {
            string known;
            if (_written.TryGetValue(mesh, out known))
            {
                return known;
            }
            var parts = new List<string>
            {
                "\"POSITION\": \"" + Saved(mesh.vertices.SelectMany(
                    v => new[] { v.x, v.y, v.z })) + "\"",
                "\"indices\": \"" + Saved(mesh.GetIndices(0).SelectMany(
                    BitConverter.GetBytes).ToArray()) + "\"",
            };
            for (int channel = 0; channel < 3; channel++)
            {
                var all = new List<Vector4>();
                mesh.GetUVs(channel, all);
                if (all.Count > 0)
                {
                    parts.Add("\"TEXCOORD" + channel + "\": \"" + Saved(all.SelectMany(
                        v => new[] { v.x, v.y, v.z, v.w })) + "\"");
                }
            }
            return _written[mesh] = "{" + string.Join(", ", parts.ToArray()) + "}";
        }

        // [file, slices, height, width, channels], of its finest level.
        string Image(Texture texture)
        {
            string known;
            if (_written.TryGetValue(texture, out known))
            {
                return known;
            }
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(texture);
            read.WaitForCompletion();
            int slices = read.layerCount;
            var bytes = new List<byte>();
            for (int slice = 0; slice < slices; slice++)
            {
                bytes.AddRange(read.GetData<byte>(slice).ToArray());
            }
            int channels = bytes.Count / slices / texture.width / texture.height;
            return _written[texture] = "[\"" + Saved(bytes.ToArray()) + "\", " + slices + ", "
                + texture.height + ", " + texture.width + ", " + channels + "]";
        }

        string Saved(IEnumerable<float> numbers)
        {
            return Saved(numbers.SelectMany(BitConverter.GetBytes).ToArray());
        }

        string Saved(byte[] bytes)
        {
            string name = _files++ + ".bin";
            File.WriteAllBytes(Path.Combine(_folder, name), bytes);
            return name;
        }

        static string Text(double number)
        {
            return number.ToString("R", CultureInfo.InvariantCulture);
        }
    }
}
