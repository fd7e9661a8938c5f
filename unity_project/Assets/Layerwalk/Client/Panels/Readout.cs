using System;
using System.Globalization;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// What is under the pointer, in words: layer, channel and value. The words are made anew only
    /// where they change.
    /// </summary>
    public sealed class Readout
    {
        string _words = "", _layer = "";
        long _tile = -1;
        int _code = -1, _level = -1, _generation;
        ShelfPicture _picture;
        string _ofPicture = "";

        /// <summary>Of a tile that is met; "" for anything else.</summary>
        public string Words(Hit hit, Residents residents, NetworkPublished network)
        {
            if (hit.Kind != HitKind.Tile || network == null)
            {
                return "";
            }
            HeldCodes held = residents.Get(hit.Wall.Layer).Held;
            int level = held.IsEmpty ? -1 : held.Finest;
            int code = level < 0 || hit.Tile.Tile >= held.Shape.Tiles
                ? -1 : CodeAt(held, level, hit.Tile);
            bool same = _layer == hit.Wall.Layer && _tile == hit.Tile.Tile && _code == code
                && _level == level && _generation == held.Generation;
            if (!same)
            {
                _layer = hit.Wall.Layer;
                _tile = hit.Tile.Tile;
                _code = code;
                _level = level;
                _generation = held.Generation;
                _words = _layer + "   " + TileNames.Of(network, _layer, _tile)
                    + (code < 0 ? "" : "   " + Value(held));
            }
            return _words;
        }

        /// <summary>Of a picture of the shelf: its name, and what can be done with it.</summary>
        public string Words(ShelfPicture picture)
        {
            if (picture != _picture)
            {
                _picture = picture;
                _ofPicture = Sentences.Cut(picture.Name)
                    + "   click places it   right button picks it up";
            }
            return _ofPicture;
        }

        /// <summary>A number in at most about six characters, as the web viewer writes it.
        /// </summary>
        public static string Number(double value)
        {
            if (double.IsNaN(value))
            {
                return "NaN";
            }
            if (double.IsInfinity(value))
            {
                return value > 0 ? "\u221e" : "\u2212\u221e";
            }
            double size = Math.Abs(value);
            string format = size == 0 ? "0" : size >= 1e5 || size < 1e-3 ? "0.0e+0"
                : size >= 1000 ? "0" : size >= 100 ? "0.0" : size >= 1 ? "0.00" : "0.000";
            return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '\u2212');
        }

        static int CodeAt(HeldCodes held, int level, TilePlace at)
        {
            PageLevel packing = held.Packing(level);
            long row = Math.Min(packing.TileHeight - 1, (long)(at.V * packing.TileHeight));
            long column = Math.Min(packing.TileWidth - 1, (long)(at.U * packing.TileWidth));
            long y = at.Tile / packing.Columns * packing.TileHeight + row;
            long x = at.Tile % packing.Columns * packing.TileWidth + column;
            return held.Page(level, 0).Array[y * packing.Width + x];
        }

        // Of coarser levels a pixel is a mean of several values.
        string Value(HeldCodes held)
        {
            double value = _code == WireFormat.NotANumberCode ? double.NaN
                : _code == WireFormat.PositiveInfinityCode ? double.PositiveInfinity
                : _code == WireFormat.NegativeInfinityCode ? double.NegativeInfinity
                : held.Value(_tile, (byte)_code);
            return (_level == 0 ? "" : "about ") + Number(value);
        }
    }
}
