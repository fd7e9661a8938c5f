using System.IO;

namespace Layerwalk.Tests
{
    /// <summary>A PNG file as Python's Pillow reads it: not by the code that wrote it.</summary>
    public sealed class PngPicture
    {
        readonly byte[] _rgb;

        PngPicture(int width, int height, byte[] rgb)
        {
            Width = width;
            Height = height;
            _rgb = rgb;
        }

        public int Width { get; private set; }

        public int Height { get; private set; }

        public static PngPicture Read(string path)
        {
            using (var python = new PythonProcess("Client/pixels.py", path))
            {
                string[] words = python.Await("picture").Split(' ');
                return new PngPicture(
                    int.Parse(words[0]), int.Parse(words[1]), File.ReadAllBytes(words[2]));
            }
        }

        /// <summary>Red, green and blue of a pixel, from the top left.</summary>
        public int[] At(int x, int y)
        {
            int at = 3 * (y * Width + x);
            return new int[] { _rgb[at], _rgb[at + 1], _rgb[at + 2] };
        }
    }
}
