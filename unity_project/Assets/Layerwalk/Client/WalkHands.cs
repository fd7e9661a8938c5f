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
        const double ReachM = 8; // hands take walls as far away as this

        readonly Walk _walk;
        readonly Pointer _pointer;
        readonly HandsView _view = new HandsView();

        readonly Readout _readout = new Readout();

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
                return;
            }
            RigidPose pose = _walk.Body.Headset.InRoom(controls);
            PointerRay ray = PointerRay.Of(pose);
            if (holding.IsIn(hand))
            {
                holding.Move(hand, pose);
                if (!controls.Grabbing)
                {
                    holding.LetGo(hand);
                }
                _view.Ray(pose, 0.5, true);
                return;
            }
            Hit hit = _pointer.Pick(ray);
            bool onPanel = Meet(ray, hit, controls.Clicked, nowS);
            if (controls.GrabBegins && !onPanel && hit.DistanceM < ReachM)
            {
                holding.Take(hand, hit.Station, pose, nowS);
            }
            _view.Ray(pose, onPanel ? 1 : hit.DistanceM, onPanel || hit.Station != "");
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
                return;
            }
            if (!controls.Points)
            {
                return;
            }
            Hit hit = _pointer.Pick(ray);
            bool onPanel = Meet(ray, hit, controls.Clicked, nowS);
            Pointed = onPanel ? "" : _readout.Words(
                hit, _walk.Room.Activations.Residents, _walk.Session.State.Network);
            if (controls.GrabBegins && !onPanel && hit.Station != "")
            {
                _mouseM = hit.DistanceM;
                holding.Take(Mouse, hit.Station, At(ray), nowS);
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

        // Points, and clicks, at a panel or what is behind it; whether it was a panel.
        bool Meet(PointerRay ray, Hit hit, bool clicks, double nowS)
        {
            if (_walk.Hud.Point(ray))
            {
                if (clicks)
                {
                    _walk.Hud.Click();
                }
                return true;
            }
            _hovered = _hovered ?? Pointer.Framed(hit);
            if (clicks && _walk.Session.State.Room != null)
            {
                _pointer.Click(hit, nowS);
            }
            return false;
        }
    }
}
