using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>From a point of the room along a direction of length 1.</summary>
    public readonly struct Ray
    {
        public readonly Vec3 Origin;
        public readonly Vec3 Direction;

        public Ray(Vec3 origin, Vec3 direction)
        {
            Origin = origin;
            Direction = direction;
        }

        /// <summary>Where a hand or a head points to.</summary>
        public static Ray Of(RigidPose pose)
        {
            return new Ray(pose.Position, pose.Forward);
        }

        public Vec3 At(double distance)
        {
            return Origin.Plus(Direction.Times(distance));
        }
    }
}
