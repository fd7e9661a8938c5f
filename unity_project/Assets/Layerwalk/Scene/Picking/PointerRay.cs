using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>From a point of the room along a direction of length 1.</summary>
    public readonly struct PointerRay
    {
        public readonly Vec3 Origin;
        public readonly Vec3 Direction;

        public PointerRay(Vec3 origin, Vec3 direction)
        {
            Origin = origin;
            Direction = direction;
        }

        /// <summary>Where a hand or a head points to.</summary>
        public static PointerRay Of(RigidPose pose)
        {
            return new PointerRay(pose.Position, pose.Forward);
        }

        public Vec3 At(double distance)
        {
            return Origin.Plus(Direction.Times(distance));
        }
    }
}
