using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Between numbers of the room and those of the engine.</summary>
    static class Conversions
    {
        /// <summary>The same numbers: what shaders read is in the room's axes.</summary>
        public static Vector3 Plain(Vec3 v)
        {
            return new Vector3((float)v.X, (float)v.Y, (float)v.Z);
        }

        /// <summary>The same numbers, and one more.</summary>
        public static Vector4 Plain(Vec3 v, double w)
        {
            return new Vector4((float)v.X, (float)v.Y, (float)v.Z, (float)w);
        }

        public static Vector4 Vector(double x, double y, double z, double w)
        {
            return new Vector4((float)x, (float)y, (float)z, (float)w);
        }

        public static Vector4 Paint(Rgb colour, double w)
        {
            return new Vector4(colour.R, colour.G, colour.B, (float)w);
        }

        /// <summary>A point or direction of the room, in the engine's axes.</summary>
        public static Vector3 ToEngine(Vec3 v)
        {
            return Plain(UnitySpace.Convert(v));
        }

        public static Quaternion ToEngine(Vec4 rotation)
        {
            Vec4 q = UnitySpace.Convert(rotation);
            return new Quaternion((float)q.X, (float)q.Y, (float)q.Z, (float)q.W);
        }

        /// <summary>A point or direction of the engine, in the room's axes.</summary>
        public static Vec3 ToRoom(Vector3 v)
        {
            return UnitySpace.Convert(new Vec3(v.x, v.y, v.z));
        }

        public static Vec4 ToRoom(Quaternion q)
        {
            return UnitySpace.Convert(new Vec4(q.x, q.y, q.z, q.w));
        }

        public static RigidPose ToRoom(Vector3 position, Quaternion rotation)
        {
            return new RigidPose(ToRoom(position), ToRoom(rotation));
        }
    }
}
