using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The visitor's eyes and hands, at a desk or with a headset, as they change.
    /// </summary>
    public sealed class Body : IDisposable
    {
        readonly Comfort _comfort;
        readonly HeadsetMode _headset;

        public Body(Comfort comfort)
        {
            _comfort = comfort;
            Rig = new Rig();
            Controls = new DesktopControls();
            Left = new HandControls("LeftHand");
            Right = new HandControls("RightHand");
            Desktop = new DesktopMode(Rig, Controls);
            _headset = new HeadsetMode(Rig, Left, Right, comfort);
            Mode = Desktop;
        }

        public Rig Rig { get; private set; }

        public DesktopControls Controls { get; private set; }

        public HandControls Left { get; private set; }

        public HandControls Right { get; private set; }

        public DesktopMode Desktop { get; private set; }

        public HeadsetMode Headset
        {
            get { return _headset; }
        }

        public IVisitorMode Mode { get; private set; }

        public bool HasHeadset
        {
            get { return Mode == _headset; }
        }

        public void Start(VisitorPose pose)
        {
            Controls.Enable(true);
            Mode.Enter(pose);
        }

        public void Update(double seconds)
        {
            Controls.Update();
            if (HasHeadset)
            {
                Left.Update();
                Right.Update();
            }
            Desktop.Visitor.Calm = _comfort.Calm;
            Mode.Step(seconds);
        }

        /// <summary>Where one may stand.</summary>
        public void SetRoom(Room room, PlacedWall[] walls)
        {
            _headset.Room = room;
            _headset.Walls = room == null ? null : walls;
            if (room != null)
            {
                _headset.Floor = FloorArea.Of(room, walls);
            }
        }

        /// <summary>Puts the headset on or takes it off; why not, or "".</summary>
        public string Toggle()
        {
            VisitorPose pose = Mode.Destination;
            if (!HasHeadset)
            {
                string why = XrSystem.Start();
                if (why != "")
                {
                    return why;
                }
                Change(_headset, pose);
                return "";
            }
            XrSystem.Stop(); // while it runs, a camera's angle of view cannot be set
            Change(Desktop, pose);
            return "";
        }

        public void Dispose()
        {
            Mode.Leave();
            if (HasHeadset)
            {
                XrSystem.Stop();
            }
            _headset.Dispose();
            Controls.Dispose();
            Left.Dispose();
            Right.Dispose();
            Rig.Dispose();
        }

        void Change(IVisitorMode mode, VisitorPose pose)
        {
            Mode.Leave();
            Mode = mode;
            Mode.Enter(pose);
        }
    }
}
