using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>All tiles of a wall, as whoever ranks layers by sight needs them; metres.</summary>
    public readonly struct TileField
    {
        public readonly string Layer;

        /// <summary>Middle, and from there to the right and to the upper edge.</summary>
        public readonly Vec3 Centre, X, Y;

        /// <summary>Of length 1, towards who sees it.</summary>
        public readonly Vec3 Normal;

        /// <summary>Width and height of a pixel of its tiles; of the smallest panel.</summary>
        public readonly Vec2 PixelM;

        public readonly TileShape Shape;

        public TileField(
            string layer, Vec3 centre, Vec3 x, Vec3 y, Vec3 normal, Vec2 pixelM, TileShape shape)
        {
            Layer = layer;
            Centre = centre;
            X = x;
            Y = y;
            Normal = normal;
            PixelM = pixelM;
            Shape = shape;
        }

        /// <summary>Of a wall whose layer makes tiles of this shape.</summary>
        public static TileField Of(PlacedWall wall, TileShape shape)
        {
            Frame frame = wall.Frame;
            WallRect field = wall.Field;
            double across = double.PositiveInfinity, down = double.PositiveInfinity;
            foreach (Panel panel in wall.Panels)
            {
                across = Math.Min(across, panel.PitchM.X);
                down = Math.Min(down, panel.PitchM.Y);
            }
            double scale = frame.Scale / TilePlace.Pitch;
            return new TileField(
                wall.Layer,
                frame.PointOf(field.Left + field.Width / 2, field.Bottom + field.Height / 2),
                frame.X.Times(field.Width / 2), frame.Y.Times(field.Height / 2),
                frame.Z.Direction(),
                new Vec2(scale * across / shape.Width, scale * down / shape.Height), shape);
        }

        /// <summary>Of all walls that show layers; shapes are those of their nodes.</summary>
        public static TileField[] Of(PlacedWall[] walls, IDictionary<string, TileShape> shapes)
        {
            var fields = new List<TileField>();
            foreach (PlacedWall wall in walls)
            {
                TileShape shape;
                if (wall.Panels.Length > 0 && shapes.TryGetValue(wall.Layer, out shape))
                {
                    fields.Add(Of(wall, shape));
                }
            }
            return fields.ToArray();
        }
    }
}
