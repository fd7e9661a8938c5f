using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Eye position in metres of the room, yaw (0 looks along -z, positive to the left) and pitch
    /// (positive up) in radians, vertical field of view in degrees.
    /// </summary>
    public readonly struct VisitorPose
    {
        public const double EyeM = 1.6;
        public const double FloorFov = 58;
        public const double OverviewFov = 34;

        public readonly Vec3 Position;
        public readonly double Yaw;
        public readonly double Pitch;
        public readonly double Fov;

        public VisitorPose(Vec3 position, double yaw, double pitch, double fov = FloorFov)
        {
            Position = position;
            Yaw = yaw;
            Pitch = pitch;
            Fov = fov;
        }

        /// <summary>The eyes as a camera has them.</summary>
        public RigidPose Eyes
        {
            get { return new RigidPose(Position, Rotations.Looking(Yaw, Pitch)); }
        }
    }
}
