using System;
using System.Collections.Generic;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.InputSystem;

namespace Layerwalk.Client
{
    /// <summary>One hand's controller, as actions made in code; any that OpenXR knows.</summary>
    public sealed class HandControls : IDisposable
    {
        const float Pressed = 0.5f; // of a trigger's way

        readonly List<InputAction> _all = new List<InputAction>();
        readonly InputAction _position, _rotation, _tracked, _stick, _trigger, _grip, _menu;

        bool _triggerWas, _gripWas;

        /// <summary>`side` is LeftHand or RightHand.</summary>
        public HandControls(string side)
        {
            string hand = "<XRController>{" + side + "}/";
            _position = Value(side + " position", hand + "pointerPosition");
            _rotation = Value(side + " rotation", hand + "pointerRotation");
            _tracked = Value(side + " tracked", hand + "isTracked");
            _stick = Value(side + " stick", hand + "{Primary2DAxis}");
            _trigger = Value(side + " trigger", hand + "{Trigger}");
            _grip = Value(side + " grip", hand + "{Grip}");
            _menu = Made(
                new InputAction(side + " menu", InputActionType.Button),
                hand + "{PrimaryButton}", hand + "{MenuButton}");
        }

        /// <summary>A hand without a controller is not there.</summary>
        public bool IsTracked
        {
            get { return _tracked.ReadValue<float>() > Pressed; }
        }

        /// <summary>In the tracked space; it points along its -z.</summary>
        public RigidPose Tracked
        {
            get
            {
                return Conversions.ToRoom(
                    _position.ReadValue<Vector3>(), _rotation.ReadValue<Quaternion>());
            }
        }

        /// <summary>x to the right, y forward; -1 .. 1.</summary>
        public Vector2 Stick
        {
            get { return _stick.ReadValue<Vector2>(); }
        }

        /// <summary>The trigger was pressed in this frame.</summary>
        public bool Clicked { get; private set; }

        /// <summary>The grip was pressed in this frame.</summary>
        public bool GrabBegins { get; private set; }

        public bool Grabbing
        {
            get { return _gripWas; }
        }

        /// <summary>The trigger is held.</summary>
        public bool Pulling
        {
            get { return _triggerWas; }
        }

        public bool MenuPressed
        {
            get { return _menu.WasPressedThisFrame(); }
        }

        /// <summary>To be called at the beginning of every frame.</summary>
        public void Update()
        {
            bool there = IsTracked;
            bool trigger = there && _trigger.ReadValue<float>() > Pressed;
            bool grip = there && _grip.ReadValue<float>() > Pressed;
            Clicked = trigger && !_triggerWas;
            GrabBegins = grip && !_gripWas;
            _triggerWas = trigger;
            _gripWas = grip;
        }

        public void Enable(bool on)
        {
            foreach (InputAction action in _all)
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
            _triggerWas = _gripWas = Clicked = GrabBegins = false;
        }

        public void Dispose()
        {
            foreach (InputAction action in _all)
            {
                action.Disable();
                action.Dispose();
            }
        }

        InputAction Value(string name, params string[] paths)
        {
            return Made(new InputAction(name, InputActionType.Value), paths);
        }

        InputAction Made(InputAction action, params string[] paths)
        {
            foreach (string path in paths)
            {
                action.AddBinding(path);
            }
            _all.Add(action);
            return action;
        }
    }
}
