using System;
using System.Collections.Generic;
using System.Globalization;

namespace Layerwalk.Client
{
    /// <summary>
    /// Every colour of the room, as sRGB numbers: nothing here is linear light. The viewer's
    /// scene/palette.ts has the same.
    /// </summary>
    public static class Palette
    {
        public const string Haze = "#1c1d31", Gate = "#4a5268", WallBack = "#0b0e17",
            Shelf = "#39425a", Opened = "#8a93ab", Text = "#efe9df", Second = "#9aa3b5",
            Third = "#7e879b", Ink = "#10141f", Accent = "#ffe2b0", Error = "#ff9a86",
            Warm = "#d8c7a6", Glass = "#0f131e", Bar = "#222838", Board = "#1b1a28";

        /// <summary>Colours of a scale.</summary>
        public const int Size = 256;

        const double SequentialExponent = 0.8; // lightness rises evenly

        static readonly string[] Sequential =
        {
            "#0e1322", "#16203f", "#1f2d5e", "#2f3a80", "#4c4596", "#7250a0", "#9a599e",
            "#c26592", "#e27a7f", "#f4986c", "#fbb968", "#fddb8e", "#fff4d6",
        };

        static readonly string[] Diverging =
        {
            "#d9f6ff", "#9fdcfb", "#63b8f0", "#3a90d8", "#2769ad", "#1c477a", "#142b4c", "#0f1523",
            "#3a2318", "#6b3a1a", "#a0551b", "#cf7624", "#ee9d43", "#fac678", "#fff0cf",
        };

        static readonly Dictionary<string, Rgb> Known =
            new Dictionary<string, Rgb>(StringComparer.Ordinal);

        /// <summary>
        /// RGBA of both scales, 256 colours each: row 0 for values from zero, row 1 for values
        /// around it. Not to be changed.
        /// </summary>
        public static readonly byte[] Scales = Rows();

        /// <summary>
        /// Reads #rrggbb, and takes the colour of text for anything else that a bridge may send;
        /// allocates for a colour only the first time.
        /// </summary>
        public static Rgb Of(string hex)
        {
            Rgb known;
            if (!Known.TryGetValue(hex, out known))
            {
                Known[hex] = known = Read(hex);
            }
            return known;
        }

        static Rgb Read(string hex)
        {
            int n = 0;
            bool read = hex.Length == 7 && hex[0] == '#' && int.TryParse(
                hex.Substring(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out n);
            if (!read)
            {
                return Of(Text);
            }
            return new Rgb((n >> 16) / 255f, ((n >> 8) & 255) / 255f, (n & 255) / 255f);
        }

        static byte[] Rows()
        {
            var rows = new byte[2 * Size * 4];
            Fill(rows, 0, Sequential, SequentialExponent);
            Fill(rows, Size * 4, Diverging, 1);
            return rows;
        }

        static void Fill(byte[] rows, int begin, string[] stops, double exponent)
        {
            Rgb[] colours = Array.ConvertAll(stops, Of);
            for (int i = 0; i < Size; i++)
            {
                double at = Math.Pow(i / (Size - 1.0), exponent) * (colours.Length - 1);
                int stop = Math.Min(colours.Length - 2, (int)at);
                Rgb mixed = colours[stop].Mixed(colours[stop + 1], (float)(at - stop));
                rows[begin + 4 * i] = Byte(mixed.R);
                rows[begin + 4 * i + 1] = Byte(mixed.G);
                rows[begin + 4 * i + 2] = Byte(mixed.B);
                rows[begin + 4 * i + 3] = 255;
            }
        }

        static byte Byte(float part)
        {
            return (byte)Math.Floor(255 * part + 0.5f);
        }
    }
}
