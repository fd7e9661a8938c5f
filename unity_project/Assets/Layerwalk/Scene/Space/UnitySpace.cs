using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// The only place that knows of the engine's axes: they are left-handed, with +z forward, the
    /// room's right-handed with -z forward. Both are in metres with y up, so z changes its sign.
    /// Each conversion is its own inverse where the types allow. What is mirrored so has its
    /// triangles the other way round.
    /// </summary>
    public static class UnitySpace
    {
        /// <summary>A point or direction, from either space to the other.</summary>
        public static Vec3 Convert(Vec3 v)
        {
            return new Vec3(v.X, v.Y, -v.Z);
        }

        /// <summary>A rotation, from either space to the other: x, y, z, w.</summary>
        public static Vec4 Convert(Vec4 rotation)
        {
            return new Vec4(-rotation.X, -rotation.Y, rotation.Z, rotation.W);
        }

        public static RigidPose Convert(RigidPose pose)
        {
            return new RigidPose(Convert(pose.Position), Convert(pose.Rotation));
        }

        /// <summary>
        /// A frame, from either space to the other: a point (x, y, z) of the one is (x, y, -z) of
        /// the other, so that meshes made in the engine's space fit it.
        /// </summary>
        public static Frame Convert(Frame frame)
        {
            return new Frame(
                Convert(frame.Origin), Convert(frame.X), Convert(frame.Y),
                Convert(frame.Z).Times(-1));
        }

        /// <summary>The engine's Euler angle about y in degrees, of a yaw in radians.</summary>
        public static double DegreesOfYaw(double yaw)
        {
            return -yaw * 180 / Math.PI;
        }

        /// <summary>The yaw in radians of the engine's Euler angle about y in degrees.</summary>
        public static double YawOfDegrees(double degrees)
        {
            return -degrees * Math.PI / 180;
        }

        /// <summary>The engine's Euler angle about x in degrees, of a pitch in radians.</summary>
        public static double DegreesOfPitch(double pitch)
        {
            return -pitch * 180 / Math.PI;
        }
    }
}
