using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where the space that a headset tracks stands in the room: its origin on the floor in
    /// metres, and its yaw in radians. Heads and hands are given in it, right-handed.
    /// </summary>
    public readonly struct TrackedSpace
    {
        public readonly Vec3 Origin;
        public readonly double Yaw;

        public TrackedSpace(Vec3 origin, double yaw)
        {
            Origin = origin;
            Yaw = yaw;
        }

        /// <summary>In the room, of what is tracked.</summary>
        public RigidPose InRoom(RigidPose tracked)
        {
            Vec4 turn = Rotations.AboutY(Yaw);
            return new RigidPose(
                Origin.Plus(turn.Turn(tracked.Position)), turn.After(tracked.Rotation));
        }

        /// <summary>Turned by radians about the head, which stays where it is.</summary>
        public TrackedSpace Turned(Vec3 trackedHead, double yaw)
        {
            return Around(trackedHead, FeetOf(trackedHead), Yaw + yaw);
        }

        /// <summary>
        /// With the head above `feet`, facing `yaw`, wherever in the tracked space it is.
        /// </summary>
        public TrackedSpace Standing(RigidPose trackedHead, Vec3 feet, double yaw)
        {
            return Around(trackedHead.Position, feet, yaw - trackedHead.Rotation.Yaw());
        }

        /// <summary>With the head above `feet`, facing where it does.</summary>
        public TrackedSpace Standing(Vec3 trackedHead, Vec3 feet)
        {
            return Around(trackedHead, feet, Yaw);
        }

        public TrackedSpace Moved(Vec3 by)
        {
            return new TrackedSpace(Origin.Plus(by), Yaw);
        }

        /// <summary>The point of the floor below a tracked head, in the room.</summary>
        public Vec3 FeetOf(Vec3 trackedHead)
        {
            return Origin.Plus(Level(trackedHead, Yaw));
        }

        static TrackedSpace Around(Vec3 trackedHead, Vec3 feet, double yaw)
        {
            return new TrackedSpace(feet.Minus(Level(trackedHead, yaw)), yaw);
        }

        static Vec3 Level(Vec3 tracked, double yaw)
        {
            return Rotations.AboutY(yaw).Turn(new Vec3(tracked.X, 0, tracked.Z));
        }
    }
}
