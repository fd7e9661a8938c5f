using System;
using System.Collections.Generic;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.InputSystem;

namespace Layerwalk.Client
{
    /// <summary>Keys and mouse, as actions made in code.</summary>
    public sealed class DesktopControls : IDisposable
    {
        const float ClickPx = 5; // a press that moves less is a click

        readonly List<InputAction> _all = new List<InputAction>();
        readonly InputAction _forward, _back, _left, _right, _up, _down, _turnLeft, _turnRight,
            _run, _look, _grab, _delta, _wheel, _position;

        Vector2 _pressedAt;
        bool _dragged;

        public DesktopControls()
        {
            _forward = Button("Forward", "<Keyboard>/w", "<Keyboard>/upArrow");
            _back = Button("Back", "<Keyboard>/s", "<Keyboard>/downArrow");
            _left = Button("Left", "<Keyboard>/a");
            _right = Button("Right", "<Keyboard>/d");
            _up = Button("Up", "<Keyboard>/e", "<Keyboard>/pageUp");
            _down = Button("Down", "<Keyboard>/q", "<Keyboard>/pageDown");
            _turnLeft = Button("Turn left", "<Keyboard>/leftArrow");
            _turnRight = Button("Turn right", "<Keyboard>/rightArrow");
            _run = Button("Run", "<Keyboard>/leftShift", "<Keyboard>/rightShift");
            _look = Button("Look", "<Mouse>/leftButton");
            _grab = Button("Grab", "<Mouse>/rightButton");
            _delta = Value("Turn", "<Mouse>/delta");
            _wheel = Value("Wheel", "<Mouse>/scroll/y");
            _position = Value("Pointer", "<Mouse>/position");
            Commands = new DesktopCommands(Button);
        }

        public DesktopCommands Commands { get; private set; }

        /// <summary>Keys are letters of a text just now, and do nothing else.</summary>
        public bool Typing { get; set; }

        /// <summary>Arrows choose among channels just now, and do not turn.</summary>
        public bool Choosing { get; set; }

        public Moves Moves
        {
            get
            {
                Moves not = Choosing ? Moves.TurnLeft | Moves.TurnRight : Moves.None;
                return Typing ? Moves.None : ~not & (Held(_forward, Moves.Forward)
                    | Held(_back, Moves.Back) | Held(_left, Moves.Left)
                    | Held(_right, Moves.Right) | Held(_up, Moves.Up) | Held(_down, Moves.Down)
                    | Held(_turnLeft, Moves.TurnLeft) | Held(_turnRight, Moves.TurnRight));
            }
        }

        public bool Running
        {
            get { return !Typing && _run.IsPressed(); }
        }

        /// <summary>The mouse is dragged.</summary>
        public bool Looking
        {
            get { return _look.IsPressed() && _dragged; }
        }

        /// <summary>Pixels that the mouse moved: right and up.</summary>
        public Vector2 Turned
        {
            get { return _delta.ReadValue<Vector2>(); }
        }

        /// <summary>Notches that the wheel turned away from the hand.</summary>
        public float Wheel
        {
            get
            {
                float way = _wheel.ReadValue<float>();
                return Mathf.Abs(way) > 10 ? way / 120 : way; // some systems count in 120ths
            }
        }

        /// <summary>Where the pointer is, in pixels from the bottom left.</summary>
        public Vector2 Pointer
        {
            get { return _position.ReadValue<Vector2>(); }
        }

        /// <summary>The pointer is in the window; at its very corner, it has not been moved yet.
        /// </summary>
        public bool Points
        {
            get
            {
                Vector2 at = Pointer;
                return at.x > 0 && at.y > 0 && at.x < Screen.width && at.y < Screen.height;
            }
        }

        /// <summary>The button was pressed and let go of without a drag in between.</summary>
        public bool Clicked { get; private set; }

        public bool GrabBegins
        {
            get { return _grab.WasPressedThisFrame(); }
        }

        public bool Grabbing
        {
            get { return _grab.IsPressed(); }
        }

        public bool Turning
        {
            get { return _run.IsPressed(); }
        }

        /// <summary>To be called at the beginning of every frame.</summary>
        public void Update()
        {
            if (_look.WasPressedThisFrame())
            {
                _pressedAt = Pointer;
                _dragged = false;
            }
            _dragged |= _look.IsPressed() && (Pointer - _pressedAt).magnitude > ClickPx;
            Clicked = _look.WasReleasedThisFrame() && !_dragged;
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
        }

        public void Dispose()
        {
            foreach (InputAction action in _all)
            {
                action.Disable();
                action.Dispose();
            }
        }

        static Moves Held(InputAction action, Moves move)
        {
            return action.IsPressed() ? move : Moves.None;
        }

        InputAction Button(string name, params string[] paths)
        {
            return Made(new InputAction(name, InputActionType.Button), paths);
        }

        InputAction Value(string name, params string[] paths)
        {
            return Made(new InputAction(name, InputActionType.PassThrough), paths);
        }

        InputAction Made(InputAction action, string[] paths)
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
