using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Where somebody looks from, and at how many pixels.</summary>
    public readonly struct Outlook
    {
        public readonly Vec3 Position, Right, Up, Forward;

        /// <summary>Tangents of half the angles of view.</summary>
        public readonly double Across, Down;

        /// <summary>Radians that a pixel covers in the middle.</summary>
        public readonly double PixelRad;

        Outlook(RigidPose eyes, double across, double down, double pixelRad)
        {
            Position = eyes.Position;
            Right = eyes.Rotation.Turn(new Vec3(1, 0, 0));
            Up = eyes.Rotation.Turn(new Vec3(0, 1, 0));
            Forward = eyes.Forward;
            Across = across;
            Down = down;
            PixelRad = pixelRad;
        }

        /// <summary>
        /// From eyes or a headset, with a vertical field of view in degrees, on a screen (for a
        /// headset, that of an eye) of so many pixels.
        /// </summary>
        public static Outlook Of(RigidPose eyes, double fov, double width, double height)
        {
            double down = Math.Tan(fov * Math.PI / 360);
            return new Outlook(eyes, down * width / height, down, 2 * down / height);
        }

        public static Outlook Of(VisitorPose pose, double width, double height)
        {
            return Of(pose.Eyes, pose.Fov, width, height);
        }
    }
}
