using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Where somebody looks from, and the screen they look through.</summary>
    public readonly struct Sight
    {
        public readonly VisitorPose Pose;
        public readonly ScreenArea Screen;

        /// <summary>False for who wears a headset: what is lifted is seen by turning.</summary>
        public readonly bool HasScreen;

        public Sight(VisitorPose pose, ScreenArea screen)
        {
            Pose = pose;
            Screen = screen;
            HasScreen = true;
        }

        /// <summary>Of who wears a headset, from these eyes.</summary>
        public Sight(Vec3 eyes)
            : this()
        {
            Pose = new VisitorPose(eyes, 0, 0);
        }

        /// <summary>Through a pixel from the top left corner of the screen.</summary>
        public PointerRay RayThrough(double x, double y)
        {
            double down = System.Math.Tan(Pose.Fov * System.Math.PI / 360);
            double aspect = Screen.Width / Screen.Height;
            var ahead = new Vec3(
                (2 * x / Screen.Width - 1) * down * aspect, (1 - 2 * y / Screen.Height) * down, -1);
            RigidPose eyes = Pose.Eyes;
            return new PointerRay(eyes.Position, eyes.Rotation.Turn(ahead).Direction());
        }
    }
}
