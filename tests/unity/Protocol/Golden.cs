using System;
using System.Collections.Generic;
using System.IO;
using Layerwalk.Protocol;

namespace Layerwalk.Tests
{
    /// <summary>The golden messages that all languages of the project read.</summary>
    static class Golden
    {
        static readonly HashSet<string> OfClients = new HashSet<string>
        {
            "hello", "request", "credit", "place_image", "make_noise", "make_feature_map",
            "make_blend", "keep_image", "change", "expand", "grab",
                "get_snapshot", "get_picture", "get_glyphs", "get_weights",
                "get_similarity",
        };

        /// <summary>Tags of all types: one message of each.</summary>
        public static IEnumerable<string> Tags()
        {
            string[] paths = Directory.GetFiles(Folder(), "*.bin");
            Array.Sort(paths, StringComparer.Ordinal);
            return Array.ConvertAll(paths, Path.GetFileNameWithoutExtension);
        }

        public static byte[] Bytes(string tag)
        {
            return File.ReadAllBytes(Path.Combine(Folder(), tag + ".bin"));
        }

        public static Decoded Read(string tag)
        {
            return Decode(tag, Bytes(tag));
        }

        /// <summary>Reads bytes as a message of whoever sends messages with this tag.</summary>
        public static Decoded Decode(string tag, byte[] message)
        {
            return Decode(tag, Frames.Split(new ArraySegment<byte>(message)));
        }

        public static Decoded Decode(string tag, IList<ArraySegment<byte>> parts)
        {
            return OfClients.Contains(tag) ? Frames.DecodeClient(parts)
                : Frames.DecodeBridge(parts);
        }

        // The runner says where the checkout is; Unity runs tests in unity_project.
        static string Folder()
        {
            string from = Environment.GetEnvironmentVariable("LAYERWALK_CHECKOUT")
                ?? Directory.GetCurrentDirectory();
            for (string folder = from; folder != null; folder = Path.GetDirectoryName(folder))
            {
                string golden = Path.Combine(folder, "tests", "golden", "protocol");
                if (Directory.Exists(golden))
                {
                    return golden;
                }
            }
            throw new DirectoryNotFoundException("no tests/golden/protocol in or above " + from);
        }
    }
}
