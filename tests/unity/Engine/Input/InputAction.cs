using System;
using System.Collections.Generic;
using UnityDouble;

namespace UnityEngine.InputSystem
{
    public sealed partial class InputAction : IDisposable
    {
        internal readonly List<InputBindingValue> Bindings = new List<InputBindingValue>();
        object _value;
        object _before;
        int _pressedIn = -1;
        int _releasedIn = -1;
        int _performedIn = -1;
        bool _pressed;

        public InputAction()
        {
        }

        public InputAction(
            string name = null, InputActionType type = default(InputActionType),
            string binding = null, string interactions = null, string processors = null,
            string expectedControlType = null)
        {
            this.name = name;
            this.type = type;
            this.expectedControlType = expectedControlType;
            if (!string.IsNullOrEmpty(binding))
            {
                Bindings.Add(InputBindingValue.Of(binding));
            }
        }

        public event Action<CallbackContext> started;

        public event Action<CallbackContext> performed;

        public event Action<CallbackContext> canceled;

        public string name { get; private set; }

        public InputActionType type { get; private set; }

        public string expectedControlType { get; set; }

        public InputActionPhase phase { get; private set; }

        public bool enabled
        {
            get { return phase != InputActionPhase.Disabled; }
        }

        public bool triggered
        {
            get { return WasPerformedThisFrame(); }
        }

        public void Enable()
        {
            MainThread.Check("Enable");
            if (!enabled)
            {
                phase = InputActionPhase.Waiting;
                Devices.Enable(this, true);
            }
        }

        public void Disable()
        {
            MainThread.Check("Disable");
            if (!enabled)
            {
                return;
            }
            Devices.Enable(this, false);
            if (phase == InputActionPhase.Started || phase == InputActionPhase.Performed)
            {
                Tell(InputActionPhase.Canceled, canceled);
            }
            phase = InputActionPhase.Disabled;
            _value = _before = null;
            _pressed = false;
        }

        public void Dispose()
        {
            Disable();
        }

        public TValue ReadValue<TValue>()
            where TValue : struct
        {
            if (_value == null)
            {
                return default(TValue);
            }
            if (_value is TValue)
            {
                return (TValue)_value;
            }
            throw new InvalidOperationException(
                "Cannot read value of type '" + typeof(TValue).Name + "' from control '" + name
                + "' bound to an action with values of type '" + _value.GetType().Name + "'");
        }

        public bool IsPressed()
        {
            return _pressed;
        }

        public bool WasPressedThisFrame()
        {
            return enabled && _pressedIn == Time.frameCount;
        }

        public bool WasReleasedThisFrame()
        {
            return enabled && _releasedIn == Time.frameCount;
        }

        public bool WasPerformedThisFrame()
        {
            return enabled && _performedIn == Time.frameCount;
        }

        public override string ToString()
        {
            return name;
        }

        /// <summary>Some device has what it is bound to.</summary>
        internal bool HasControl
        {
            get { return enabled && _value != null; }
        }

        /// <summary>The control that is moved most decides.</summary>
        internal void Step()
        {
            _before = _value;
            _value = null;
            foreach (InputBindingValue binding in Bindings)
            {
                object read = binding.Read();
                if (read != null && (_value == null || Magnitude(read) > Magnitude(_value)))
                {
                    _value = read;
                }
            }
            float strength = Magnitude(_value);
            bool pressed = strength >= 0.5f;
            _pressedIn = pressed && !_pressed ? Time.frameCount : _pressedIn;
            _releasedIn = !pressed && _pressed ? Time.frameCount : _releasedIn;
            bool began = pressed && !_pressed;
            _pressed = pressed;
            Tell(strength, began);
        }

        internal static float Magnitude(object value)
        {
            return value is float ? Mathf.Abs((float)value)
                : value is Vector2 ? ((Vector2)value).magnitude
                : value is Vector3 ? ((Vector3)value).magnitude
                : value is Quaternion ? 1f : 0f;
        }

        void Tell(float strength, bool began)
        {
            bool moved = !Equals(_value, _before);
            if (strength == 0f)
            {
                if (phase == InputActionPhase.Started || phase == InputActionPhase.Performed)
                {
                    Tell(InputActionPhase.Canceled, canceled);
                }
                phase = InputActionPhase.Waiting;
                return;
            }
            if (phase == InputActionPhase.Waiting)
            {
                Tell(InputActionPhase.Started, started);
            }
            if (type == InputActionType.Button ? began : moved)
            {
                _performedIn = Time.frameCount;
                Tell(InputActionPhase.Performed, performed);
            }
        }

        void Tell(InputActionPhase now, Action<CallbackContext> heard)
        {
            phase = now;
            if (heard != null)
            {
                Behaviours.Guard(() => heard(new CallbackContext { action = this, phase = now }));
            }
        }

        public struct CallbackContext
        {
            public InputAction action { get; internal set; }

            public InputActionPhase phase { get; internal set; }

            public bool started
            {
                get { return phase == InputActionPhase.Started; }
            }

            public bool performed
            {
                get { return phase == InputActionPhase.Performed; }
            }

            public bool canceled
            {
                get { return phase == InputActionPhase.Canceled; }
            }

            public TValue ReadValue<TValue>()
                where TValue : struct
            {
                return action.ReadValue<TValue>();
            }

            public bool ReadValueAsButton()
            {
                return action.IsPressed();
            }
        }
    }
}
