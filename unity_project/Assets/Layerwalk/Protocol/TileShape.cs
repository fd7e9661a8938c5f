using System;

namespace Layerwalk.Protocol
{
    /// <summary>How many tiles an activation makes, and how many pixels a tile has.</summary>
    public readonly struct TileShape : IEquatable<TileShape>
    {
        public readonly long Tiles;
        public readonly long Height;
        public readonly long Width;

        public TileShape(long tiles, long height, long width)
        {
            Tiles = tiles;
            Height = height;
            Width = width;
        }

        /// <summary>Of an activation with these axes; what it has no axis for is 1.</summary>
        public static TileShape Of(Axis[] axes)
        {
            return new TileShape(
                Size(axes, AxisRole.Tile), Size(axes, AxisRole.Row), Size(axes, AxisRole.Column));
        }

        public bool Equals(TileShape other)
        {
            return Tiles == other.Tiles && Height == other.Height && Width == other.Width;
        }

        static long Size(Axis[] axes, AxisRole role)
        {
            Axis axis = Array.Find(axes, a => a.Role == role);
            return axis == null ? 1 : axis.Size;
        }
    }
}
