using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>What the mouse, or hands with a headset, do in a walk.</summary>
    public sealed class WalkHands : IDisposable
    {
        const int Mouse = 1; // it holds as the right hand does
        const double WheelScale = 1.1, WheelRad = 0.15; // a notch
        const double ReachM = 8; // hands take walls and pictures as far away as this
        const double TouchM = 0.15; // a hand so near to a picture takes it, wherever it points
        const double HeldRayM = 0.5;
        const double MouseM = 1.4; // a picture that the mouse holds is not farther away

        readonly Walk _walk;
        readonly Pointer _pointer;
        readonly HandsView _view = new HandsView();

        readonly Readout _readout = new Readout();

        readonly bool[] _pulled = new bool[2]; // the picture in it was taken with the trigger

        double _mouseM;
        PlacedWall _hovered; // by either hand, or the mouse

        public WalkHands(Walk walk)
        {
            _walk = walk;
            Pointed = "";
            _pointer = new Pointer(
                walk.Session.State, walk.Room, walk.Navigator, walk.Edits);
        }

        /// <summary>What the mouse points to, in words; "" for nothing.</summary>
        public string Pointed { get; private set; }

        public void Update(double nowS)
        {
            _view.Begin();
            Pointed = "";
            if (_walk.Session.State.Room == null)
            {
                _walk.Carrying.Drop(0);
                _walk.Carrying.Drop(1);
            }
            _hovered = null;
            if (_walk.Body.HasHeadset)
            {
                Use(0, _walk.Body.Left, nowS);
                Use(1, _walk.Body.Right, nowS);
                if (_walk.Body.Headset.Aims)
                {
                    _view.Arc(_walk.Body.Headset.Arc);
                }
            }
            else
            {
                UseMouse(nowS);
            }
            _walk.Room.Highlights.Hovered = _hovered;
        }

        public void Draw()
        {
            if (_walk.Body.HasHeadset)
            {
                _view.Draw();
            }
        }

        public void Dispose()
        {
            _view.Dispose();
        }

        void Use(int hand, HandControls controls, double nowS)
        {
            Holding holding = _walk.Holding;
            if (!controls.IsTracked)
            {
                holding.LetGo(hand);
                _walk.Carrying.Drop(hand);
                return;
            }
            RigidPose pose = _walk.Body.Headset.InRoom(controls);
            if (holding.IsIn(hand))
            {
                holding.Move(hand, pose);
                if (!controls.Grabbing)
                {
                    holding.LetGo(hand);
                }
                _view.Ray(pose, HeldRayM, true);
            }
            else if (_walk.Carrying.In(hand) != "")
            {
                Carry(hand, controls, pose);
            }
            else
            {
                Point(hand, controls, pose, nowS);
            }
        }

        void Point(int hand, HandControls controls, RigidPose pose, double nowS)
        {
            PointerRay ray = PointerRay.Of(pose);
            Hit hit = _pointer.Pick(ray);
            bool onPanel = _walk.Hud.Point(ray);
            ShelfPicture picture = onPanel ? null : PictureAt(pose, hit);
            bool takes = picture != null && (controls.GrabBegins || controls.Clicked);
            Meet(hit, onPanel, controls.Clicked && !takes, nowS);
            if (takes)
            {
                _pulled[hand] = !controls.GrabBegins;
                _walk.Carrying.Take(hand, picture);
            }
            else if (controls.GrabBegins && !onPanel && hit.DistanceM < ReachM)
            {
                _walk.Holding.Take(hand, hit.Station, pose, nowS);
            }
            bool acts = onPanel || hit.Station != "" || picture != null;
            _view.Ray(pose, onPanel ? 1 : hit.DistanceM, acts);
        }

        // With what it was taken, it is let go of.
        void Carry(int hand, HandControls controls, RigidPose pose)
        {
            Carrying carrying = _walk.Carrying;
            carrying.Follow(hand, pose, _walk.Body.Rig.Eyes.Position);
            bool snapped = carrying.IsSnapped(hand);
            double far = carrying.FrameOf(hand).Origin.DistanceTo(pose.Position);
            _view.Ray(pose, snapped ? far : HeldRayM, snapped);
            if (!(_pulled[hand] ? controls.Pulling : controls.Grabbing))
            {
                carrying.LetGo(hand);
            }
        }

        // What the hand touches, or else points to from not too far.
        ShelfPicture PictureAt(RigidPose pose, Hit hit)
        {
            Shelf shelf = _walk.Room.Exhibits.Shelf;
            PlacedWall[] walls = _walk.Room.Walls.All;
            for (int i = 0; i < walls.Length; i++)
            {
                ShelfPicture near = walls[i].Kind == WallKind.Shelf
                    ? shelf.Near(pose.Position, walls[i], TouchM) : null;
                if (near != null)
                {
                    return near;
                }
            }
            bool points = hit.Kind == HitKind.Shelf && hit.DistanceM < ReachM;
            return points ? shelf.At(hit.X, hit.Y) : null;
        }

        void UseMouse(double nowS)
        {
            DesktopControls controls = _walk.Body.Controls;
            Holding holding = _walk.Holding;
            PointerRay ray = _walk.Body.Desktop.RayThrough(controls.Pointer);
            _walk.Body.Desktop.Busy = holding.IsIn(Mouse);
            if (holding.IsIn(Mouse))
            {
                HoldWithMouse(controls, ray);
            }
            else if (_walk.Carrying.In(Mouse) != "")
            {
                CarryWithMouse(controls, ray);
            }
            else if (controls.Points)
            {
                PointWithMouse(controls, ray, nowS);
            }
        }

        void PointWithMouse(DesktopControls controls, PointerRay ray, double nowS)
        {
            Hit hit = _pointer.Pick(ray);
            bool onPanel = _walk.Hud.Point(ray);
            Meet(hit, onPanel, controls.Clicked, nowS);
            Pointed = onPanel ? "" : Words(hit);
            if (!controls.GrabBegins || onPanel)
            {
                return;
            }
            _mouseM = hit.DistanceM;
            if (hit.Kind == HitKind.Shelf)
            {
                _walk.Carrying.Take(Mouse, _walk.Room.Exhibits.Shelf.At(hit.X, hit.Y));
            }
            else if (hit.Station != "")
            {
                _walk.Holding.Take(Mouse, hit.Station, At(ray), nowS);
            }
        }

        string Words(Hit hit)
        {
            ShelfPicture picture = hit.Kind != HitKind.Shelf
                ? null : _walk.Room.Exhibits.Shelf.At(hit.X, hit.Y);
            return picture == null
                ? _readout.Words(hit, _walk.Room.Activations.Residents, _walk.Session.State.Network)
                : _readout.Words(picture);
        }

        void CarryWithMouse(DesktopControls controls, PointerRay ray)
        {
            _walk.Carrying.Follow(Mouse, ray, Math.Min(_mouseM, MouseM));
            if (!controls.Grabbing)
            {
                _walk.Carrying.LetGo(Mouse);
            }
        }

        void HoldWithMouse(DesktopControls controls, PointerRay ray)
        {
            Holding holding = _walk.Holding;
            holding.Move(Mouse, At(ray));
            if (controls.Wheel != 0)
            {
                holding.Adjust(
                    controls.Turning ? 1 : Math.Pow(WheelScale, controls.Wheel),
                    controls.Turning ? WheelRad * controls.Wheel : 0);
            }
            if (!controls.Grabbing)
            {
                holding.LetGo(Mouse);
            }
        }

        // What is held with the mouse stays as far away as it was, and turns with nobody.
        RigidPose At(PointerRay ray)
        {
            return new RigidPose(ray.At(_mouseM), Rotations.None);
        }

        // Clicks at a panel or what is behind it.
        void Meet(Hit hit, bool onPanel, bool clicks, double nowS)
        {
            if (onPanel)
            {
                if (clicks)
                {
                    _walk.Hud.Click();
                }
                return;
            }
            _hovered = _hovered ?? Pointer.Framed(hit);
            if (clicks && _walk.Session.State.Room != null)
            {
                _pointer.Click(hit, nowS);
            }
        }
    }
}
