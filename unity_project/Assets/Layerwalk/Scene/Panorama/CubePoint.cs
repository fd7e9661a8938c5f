using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A place on a cube's face, as a camera with 90 degrees of view pictures it: u from the left
    /// and v from the top, 0 .. 1. Faces around the horizon stand upright; Up has Behind at its
    /// top, Down has Ahead there, as if one looked up or down from Ahead.
    /// </summary>
    public readonly struct CubePoint
    {
        static readonly Vec3[] Rights =
        {
            new Vec3(0, 0, 1), new Vec3(0, 0, -1), new Vec3(1, 0, 0), new Vec3(1, 0, 0),
            new Vec3(1, 0, 0), new Vec3(-1, 0, 0),
        };

        static readonly Vec3[] Ups =
        {
            new Vec3(0, 1, 0), new Vec3(0, 1, 0), new Vec3(0, 0, 1), new Vec3(0, 0, -1),
            new Vec3(0, 1, 0), new Vec3(0, 1, 0),
        };

        public readonly CubeFace Face;
        public readonly double U;
        public readonly double V;

        public CubePoint(CubeFace face, double u, double v)
        {
            Face = face;
            U = u;
            V = v;
        }

        /// <summary>To the right in the picture of a face, in the room.</summary>
        public static Vec3 RightOf(CubeFace face)
        {
            return Rights[(int)face];
        }

        /// <summary>Up in the picture of a face, in the room.</summary>
        public static Vec3 UpOf(CubeFace face)
        {
            return Ups[(int)face];
        }

        /// <summary>Where the camera of a face looks to, in the room.</summary>
        public static Vec3 ForwardOf(CubeFace face)
        {
            return UpOf(face).Cross(RightOf(face));
        }

        /// <summary>Where a direction of any length meets the cube.</summary>
        public static CubePoint Of(Vec3 direction)
        {
            CubeFace face = FaceOf(direction);
            double depth = direction.Dot(ForwardOf(face));
            return new CubePoint(
                face, (direction.Dot(RightOf(face)) / depth + 1) / 2,
                (1 - direction.Dot(UpOf(face)) / depth) / 2);
        }

        /// <summary>From the eye to here; of length 1.</summary>
        public Vec3 Direction
        {
            get
            {
                Vec3 across = RightOf(Face).Times(2 * U - 1);
                Vec3 up = UpOf(Face).Times(1 - 2 * V);
                return ForwardOf(Face).Plus(across).Plus(up).Direction();
            }
        }

        static CubeFace FaceOf(Vec3 to)
        {
            double x = Math.Abs(to.X), y = Math.Abs(to.Y), z = Math.Abs(to.Z);
            if (x >= y && x >= z)
            {
                return to.X > 0 ? CubeFace.Right : CubeFace.Left;
            }
            if (y >= z)
            {
                return to.Y > 0 ? CubeFace.Up : CubeFace.Down;
            }
            return to.Z > 0 ? CubeFace.Behind : CubeFace.Ahead;
        }
    }
}
