using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.InputSystem;
using UnityEngine.InputSystem.XR;
using UnityEngine.XR;

namespace Layerwalk.Client
{
    /// <summary>
    /// The visitor with a headset: the left stick walks, the right one turns, and pushed forward
    /// it shows where to teleport.
    /// </summary>
    public sealed class HeadsetMode : IVisitorMode, IDisposable
    {
        const double Fov = 104; // degrees; about what headsets show
        const double Wider = 1.25; // each eye sees more outwards, and heads turn on meanwhile
        const double AimsAt = 0.7, AimsUntil = 0.3; // of the stick's way forward
        const double LongestEntryS = 1; // of tracking
        const double DarkS = 2 * Flight.DarkeningS;

        readonly Rig _rig;
        readonly HandControls _left, _right;
        readonly Comfort _comfort;
        readonly TrackedPoseDriver _driver;
        readonly InputAction _eyePosition, _eyeRotation, _eyeState;
        readonly StickMotion _motion = new StickMotion();
        readonly SnapTurn _snap = new SnapTurn(Math.PI / 6);
        readonly Vignette _vignette = new Vignette();

        TrackedSpace _space, _next;
        double _darkS = double.PositiveInfinity;
        bool _jumps;
        VisitorPose? _entered;
        double _enteredS;
        bool _onFloor, _arrived;

        public HeadsetMode(Rig rig, HandControls left, HandControls right, Comfort comfort)
        {
            _rig = rig;
            _left = left;
            _right = right;
            _comfort = comfort;
            Arc = new TeleportArc();
            _eyePosition = new InputAction(
                "Eyes' position", InputActionType.Value, "<XRHMD>/centerEyePosition");
            _eyeRotation = new InputAction(
                "Eyes' rotation", InputActionType.Value, "<XRHMD>/centerEyeRotation");
            _eyeState = new InputAction(
                "Eyes' state", InputActionType.Value, "<XRHMD>/trackingState");
            _driver = rig.Head.AddComponent<TrackedPoseDriver>();
            _driver.enabled = false;
            _driver.positionInput = new InputActionProperty(_eyePosition);
            _driver.rotationInput = new InputActionProperty(_eyeRotation);
            _driver.trackingStateInput = new InputActionProperty(_eyeState);
        }

        /// <summary>Where a teleport would end; drawn while `Aims`.</summary>
        public TeleportArc Arc { get; private set; }

        public bool Aims { get; private set; }

        /// <summary>Where one may stand, and between which walls.</summary>
        public FloorArea Floor { get; set; }

        public PlacedWall[] Walls { get; set; }

        /// <summary>In a tower one stands on the floor of a row; null before there is one.
        /// </summary>
        public Room Room { get; set; }

        public VisitorPose Destination
        {
            get
            {
                RigidPose eyes = (_jumps ? _next : _space).InRoom(_rig.TrackedEyes);
                return new VisitorPose(eyes.Position, eyes.Rotation.Yaw(), 0);
            }
        }

        public Outlook Outlook
        {
            get { return From(_rig.Eyes); }
        }

        public Outlook Ahead
        {
            get { return From((_jumps ? _next : _space).InRoom(_rig.TrackedEyes)); }
        }

        public Sight Sight
        {
            get { return new Sight(Destination.Position); }
        }

        public ScreenArea Screen
        {
            get { return ScreenArea.Whole(1, 1); }
        }

        public bool Moving
        {
            get { return _jumps || _motion.SpeedMS > 0 || _motion.TurnRadS != 0; }
        }

        public double Darkness
        {
            get { return Math.Max(0, 1 - Math.Abs(2 * _darkS / DarkS - 1)); }
        }

        public double EdgeDarkness
        {
            get { return _vignette.Strength; }
        }

        /// <summary>A hand in the room.</summary>
        public RigidPose InRoom(HandControls hand)
        {
            return InRoom(hand.Tracked);
        }

        /// <summary>In the room, of what is tracked.</summary>
        public RigidPose InRoom(RigidPose tracked)
        {
            return _space.InRoom(_rig.Raised(tracked));
        }

        /// <summary>
        /// Where the head is, from the floor on, comes a little later; until then, and at most a
        /// second after tracking began, the space follows the head so that the visitor stays
        /// where they stood.
        /// </summary>
        public void Enter(VisitorPose pose)
        {
            Enable(true);
            _rig.RaisedM = 0;
            _rig.Head.transform.SetLocalPositionAndRotation(
                new Vector3(0, (float)VisitorPose.EyeM, 0), Quaternion.identity);
            _entered = pose;
            _enteredS = 0;
            _onFloor = _arrived = false;
            Place(pose);
        }

        public void Leave()
        {
            Enable(false);
        }

        public void Step(double seconds)
        {
            if (_entered.HasValue)
            {
                Arrive(seconds);
            }
            Raise();
            Walk(seconds);
            Turn(seconds);
            Teleport();
            if (!double.IsInfinity(_darkS))
            {
                Darken(seconds);
            }
            _vignette.Step(_motion.SpeedMS, _motion.TurnRadS, _comfort.Vignette, seconds);
            _rig.Place(_space);
        }

        public void GoTo(VisitorPose pose)
        {
            Jump(_space.Standing(_rig.TrackedEyes, FeetOf(pose), pose.Yaw));
        }

        public void Place(VisitorPose pose)
        {
            _space = _space.Standing(_rig.TrackedEyes, FeetOf(pose), pose.Yaw);
            _jumps = false;
            _darkS = double.PositiveInfinity;
            _rig.Place(_space);
        }

        public void GoTo(Room room, Station station, Wall wall, Placement placement)
        {
            VisitorPose feet = Places.FeetBefore(room, station, wall, placement);
            Jump(_space.Standing(_rig.TrackedEyes, feet.Position, feet.Yaw));
        }

        public void Dispose()
        {
            Enable(false);
            _eyePosition.Dispose();
            _eyeRotation.Dispose();
            _eyeState.Dispose();
        }

        Vec3 FeetOf(VisitorPose pose)
        {
            Vec3 eyes = pose.Position;
            return new Vec3(eyes.X, Aisle.FloorAt(Room, eyes), eyes.Z);
        }

        static Outlook From(RigidPose eyes)
        {
            double width = Math.Max(1, XRSettings.eyeTextureWidth);
            double height = Math.Max(1, XRSettings.eyeTextureHeight);
            return Outlook.Of(eyes, Fov, Wider * Math.Max(width, height), height);
        }

        // Each step shows in the frame after it.
        void Arrive(double seconds)
        {
            Place(_entered.Value);
            _entered = _arrived || _enteredS > LongestEntryS ? null : _entered;
            _arrived = _onFloor && _eyeState.ReadValue<int>() != 0;
            _onFloor = _onFloor || XrSystem.StandOnFloor();
            _enteredS += XrSystem.IsTracking ? seconds : 0;
        }

        // What cannot count from the floor on begins at the eyes of who put it on.
        void Raise()
        {
            if (XrSystem.IsTracking && _eyeState.ReadValue<int>() != 0)
            {
                _rig.RaisedM = XrSystem.IsOnFloor ? 0 : VisitorPose.EyeM;
            }
        }

        void Walk(double seconds)
        {
            Vector2 stick = _comfort.Smooth ? _left.Stick : Vector2.zero;
            double yaw = _space.InRoom(_rig.TrackedEyes).Rotation.Yaw();
            _space = _space.Moved(_motion.Walk(stick.x, stick.y, yaw, seconds));
        }

        void Turn(double seconds)
        {
            double x = Aims ? 0 : _right.Stick.x;
            Vec3 head = _rig.TrackedEyes.Position;
            double turn = _comfort.SmoothTurn ? _motion.Turn(x, seconds) : _snap.Step(x);
            if (turn != 0)
            {
                _space = _space.Turned(head, turn);
            }
        }

        void Teleport()
        {
            double forward = _right.IsTracked ? _right.Stick.y : 0;
            if (forward > AimsAt && Walls != null)
            {
                Aims = true;
            }
            if (!Aims)
            {
                return;
            }
            if (forward > AimsUntil)
            {
                Arc.Throw(InRoom(_right), Floor, Walls);
                return;
            }
            Aims = false;
            if (Arc.Valid)
            {
                Jump(_space.Standing(_rig.TrackedEyes.Position, Arc.End));
            }
        }

        // Jumps always go through the dark.
        void Jump(TrackedSpace to)
        {
            _next = to;
            _jumps = true;
            _darkS = 0;
        }

        void Darken(double seconds)
        {
            _darkS += seconds;
            if (_jumps && _darkS >= DarkS / 2)
            {
                _space = _next;
                _jumps = false;
            }
            if (_darkS >= DarkS)
            {
                _darkS = double.PositiveInfinity;
            }
        }

        void Enable(bool on)
        {
            if (_driver != null)
            {
                _driver.enabled = on;
            }
            _left.Enable(on);
            _right.Enable(on);
            foreach (InputAction action in new[] { _eyePosition, _eyeRotation, _eyeState })
            {
                if (on)
                {
                    action.Enable();
                }
                else
                {
                    action.Disable();
                }
            }
        }
    }
}
