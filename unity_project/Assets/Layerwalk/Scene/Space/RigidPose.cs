using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where a hand or a head is, in the room: metres, right-handed; it points along its own -z.
    /// </summary>
    public readonly struct RigidPose
    {
        public readonly Vec3 Position;
        public readonly Vec4 Rotation;

        public RigidPose(Vec3 position, Vec4 rotation)
        {
            Position = position;
            Rotation = rotation;
        }

        public Vec3 Forward
        {
            get { return Rotation.Turn(new Vec3(0, 0, -1)); }
        }

        /// <summary>In the room, of a point in metres from it along its axes.</summary>
        public Vec3 PointOf(Vec3 local)
        {
            return Position.Plus(Rotation.Turn(local));
        }
    }
}
