using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>A tile of a layer, and a place in it: the arithmetic of cells.hlsl.</summary>
    public readonly struct TilePlace
    {
        /// <summary>A tile covers 1 / 1.085 of its pitch; the rest of its cell is free.</summary>
        public const double Pitch = 1.085;

        /// <summary>Part of a cell's edge that stays free.</summary>
        public const double Gap = 1 - 1 / Pitch;

        public static readonly TilePlace None = new TilePlace(-1, 0, 0);

        /// <summary>Index in its layer; -1 for none.</summary>
        public readonly long Tile;

        /// <summary>0 .. 1 from the left and from the top.</summary>
        public readonly double U, V;

        public TilePlace(long tile, double u, double v)
        {
            Tile = tile;
            U = u;
            V = v;
        }

        /// <summary>At a point of a panel's wall; None between tiles and beside them.</summary>
        public static TilePlace At(Panel panel, double x, double y)
        {
            WallRect rect = WallRect.Of(panel);
            double across = (x - rect.Left) / rect.Width * panel.Columns;
            double down = (rect.Top - y) / rect.Height * panel.Rows;
            double column = Math.Floor(across), row = Math.Floor(down);
            if (column < 0 || row < 0 || column >= panel.Columns || row >= panel.Rows)
            {
                return None;
            }
            long cell = (long)row * panel.Columns + (long)column;
            double u = (across - column - Gap / 2) / (1 - Gap);
            double v = (down - row - Gap / 2) / (1 - Gap);
            bool inside = cell < panel.Count && u >= 0 && v >= 0 && u <= 1 && v <= 1;
            return inside ? new TilePlace(panel.First + cell, u, v) : None;
        }

        /// <summary>What a tile of a panel covers on its wall.</summary>
        public static WallRect RectOf(Panel panel, long tile)
        {
            WallRect rect = WallRect.Of(panel);
            long cell = tile - panel.First;
            double width = rect.Width / panel.Columns, height = rect.Height / panel.Rows;
            double left = rect.Left + cell % panel.Columns * width + width * Gap / 2;
            double top = rect.Top - cell / panel.Columns * height - height * Gap / 2;
            double high = height * (1 - Gap);
            return new WallRect(left, top - high, width * (1 - Gap), high);
        }
    }
}
