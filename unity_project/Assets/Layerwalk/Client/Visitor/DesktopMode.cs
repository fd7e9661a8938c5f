using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>The visitor at a desk: keys walk, the mouse looks.</summary>
    public sealed class DesktopMode : IVisitorMode
    {
        const double LookRadPx = 0.0032;
        const double WheelM = 0.8; // a notch
        const double HintShare = 0.1; // of the screen's height, at its foot

        readonly Rig _rig;
        readonly DesktopControls _controls;
        readonly Visitor _visitor = new Visitor();

        public DesktopMode(Rig rig, DesktopControls controls)
        {
            _rig = rig;
            _controls = controls;
        }

        public Visitor Visitor
        {
            get { return _visitor; }
        }

        public VisitorPose Destination
        {
            get { return _visitor.Destination; }
        }

        public Outlook Outlook
        {
            get { return Outlook.Of(_visitor.Pose, Width, Height); }
        }

        public Outlook Ahead
        {
            get { return Outlook.Of(_visitor.Destination, Width, Height); }
        }

        public Sight Sight
        {
            get { return new Sight(_visitor.Destination, Screen); }
        }

        public ScreenArea Screen
        {
            get
            {
                return new ScreenArea(Width, Height, 0, 0, Width, (1 - HintShare) * Height);
            }
        }

        public bool Moving
        {
            get { return _visitor.Moving; }
        }

        public double Darkness
        {
            get { return _visitor.Darkness; }
        }

        public double EdgeDarkness
        {
            get { return 0; }
        }

        /// <summary>The mouse moves walls, and looks around no more.</summary>
        public bool Busy { get; set; }

        static double Width
        {
            get { return Mathf.Max(1, UnityEngine.Screen.width); }
        }

        static double Height
        {
            get { return Mathf.Max(1, UnityEngine.Screen.height); }
        }

        public void Enter(VisitorPose pose)
        {
            _rig.Camera.ResetAspect(); // a headset leaves that of its eyes
            _visitor.Place(new VisitorPose(pose.Position, pose.Yaw, pose.Pitch));
            _rig.Place(_visitor.Pose);
        }

        public void Leave()
        {
            _visitor.Held = Moves.None;
        }

        public void Step(double seconds)
        {
            _visitor.Held = _controls.Moves;
            _visitor.Running = _controls.Running;
            if (!Busy && _controls.Looking)
            {
                double scale = LookRadPx * _visitor.Fov / VisitorPose.FloorFov;
                Vector2 by = _controls.Turned;
                _visitor.Look(by.x * scale, -by.y * scale);
            }
            if (!Busy && _controls.Wheel != 0)
            {
                _visitor.Advance(_controls.Wheel * WheelM * _visitor.Pace);
            }
            _visitor.Step(seconds);
            _rig.Place(_visitor.Pose);
        }

        public void GoTo(VisitorPose pose)
        {
            _visitor.GoTo(pose);
        }

        public void Place(VisitorPose pose)
        {
            _visitor.Place(pose);
            _rig.Place(pose);
        }

        public void GoTo(Room room, Station station, Wall wall, Placement placement)
        {
            _visitor.GoTo(Places.BeforeWall(room, station, wall, placement, Screen));
        }

        /// <summary>From the eye through a point of the screen, in pixels from its bottom left.
        /// </summary>
        public PointerRay RayThrough(Vector2 pixel)
        {
            VisitorPose pose = _visitor.Pose;
            double down = System.Math.Tan(pose.Fov * System.Math.PI / 360);
            double x = (2 * pixel.x / Width - 1) * down * Width / Height;
            double y = (2 * pixel.y / Height - 1) * down;
            RigidPose eyes = pose.Eyes;
            Vec3 direction = eyes.Rotation.Turn(new Vec3(x, y, -1)).Direction();
            return new PointerRay(eyes.Position, direction);
        }
    }
}
