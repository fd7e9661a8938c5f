using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Gathers solid things of one colour each for a mesh.</summary>
    public sealed class SolidWriter
    {
        /// <summary>Fog per metre of what stands like walls.</summary>
        public const double WallFog = 0.0125;

        readonly MeshBuilder _builder = new MeshBuilder(1);

        public MeshBuilder Builder
        {
            get { return _builder; }
        }

        /// <summary>A shape whose axes are these, at the origin of the frame.</summary>
        public void Add(SolidShape shape, Frame frame, Rgb colour, double fog)
        {
            int first = _builder.Count;
            Vector4 paint = Conversions.Paint(colour, fog);
            foreach (Vec3 corner in shape.Corners)
            {
                _builder.Add(frame.PointOf(corner.X, corner.Y, corner.Z), paint);
            }
            for (int i = 0; i < shape.Indices.Length; i += 3)
            {
                _builder.Triangle(
                    first + shape.Indices[i], first + shape.Indices[i + 1],
                    first + shape.Indices[i + 2]);
            }
        }

        /// <summary>A box of this size, its middle at x, y, z in a frame.</summary>
        public void Box(
            Frame frame, double x, double y, double z, Vec3 size, string colour,
            double fog = WallFog)
        {
            var at = new Frame(
                frame.PointOf(x, y, z), frame.X.Times(size.X), frame.Y.Times(size.Y),
                frame.Z.Times(size.Z));
            Add(SolidShape.Box, at, Palette.Of(colour), fog);
        }

        /// <summary>A box in the room's axes.</summary>
        public void Box(Vec3 middle, Vec3 size, string colour, double fog = WallFog)
        {
            Box(Frame.Upright(middle, 0), 0, 0, 0, size, colour, fog);
        }

        /// <summary>
        /// A flat bar from `left` to `right` in a frame, `half` high up and down, whose colour
        /// goes over from one to the other.
        /// </summary>
        public void Ramp(
            Frame frame, double left, double right, double half, Rgb from, Rgb to)
        {
            const double fog = 0.0095;
            for (int corner = 0; corner < 4; corner++)
            {
                bool isRight = corner % 2 == 1;
                _builder.Add(
                    frame.PointOf(isRight ? right : left, corner < 2 ? half : -half),
                    Conversions.Paint(isRight ? to : from, fog));
            }
            _builder.Quad();
        }

        /// <summary>A frame around a rectangle of a wall: left, bottom, width, height.</summary>
        public void Around(
            Frame frame, WallRect rect, double z, double thick, string colour, double fog)
        {
            double x = rect.Left + rect.Width / 2, y = rect.Bottom + rect.Height / 2;
            double wide = rect.Width + 2 * thick;
            var level = new Vec3(wide, thick, 0.02);
            var upright = new Vec3(thick, rect.Height, 0.02);
            Box(frame, x, rect.Top + thick / 2, z, level, colour, fog);
            Box(frame, x, rect.Bottom - thick / 2, z, level, colour, fog);
            Box(frame, rect.Left - thick / 2, y, z, upright, colour, fog);
            Box(frame, rect.Right + thick / 2, y, z, upright, colour, fog);
        }
    }
}
