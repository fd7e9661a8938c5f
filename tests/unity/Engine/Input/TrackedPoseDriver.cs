using System.Linq;
using UnityDouble;

namespace UnityEngine.InputSystem.XR
{
    /// <summary>
    /// Puts its object where two actions say; also just before the picture. What a third one says
    /// is not tracked stays where it is, and so does an object of which nothing is known yet.
    /// </summary>
    public partial class TrackedPoseDriver : MonoBehaviour
    {
        const int Position = 1, Rotation = 2;

        Vector3 _position;
        Quaternion _rotation = Quaternion.identity;
        int _tracked = Position | Rotation;
        bool _begins;

        public TrackingType trackingType { get; set; }

        public UpdateType updateType { get; set; }

        public bool ignoreTrackingState { get; set; }

        public InputActionProperty positionInput { get; set; }

        public InputActionProperty rotationInput { get; set; }

        public InputActionProperty trackingStateInput { get; set; }

        protected virtual void OnEnable()
        {
            Application.onBeforeRender += BeforeRender;
            Switch(true);
            _begins = true;
        }

        protected virtual void OnDisable()
        {
            Application.onBeforeRender -= BeforeRender;
            Switch(false);
        }

        void Update()
        {
            if (updateType != UpdateType.BeforeRender)
            {
                Move();
            }
        }

        void BeforeRender()
        {
            if (updateType != UpdateType.Update)
            {
                Behaviours.Guard(Move);
            }
        }

        void Switch(bool on)
        {
            InputActionProperty[] all = { positionInput, rotationInput, trackingStateInput };
            foreach (InputAction action in all.Select(input => input.action))
            {
                if (action != null && on)
                {
                    action.Enable();
                }
                else if (action != null)
                {
                    action.Disable();
                }
            }
        }

        void Move()
        {
            if (_begins)
            {
                _begins = false;
                _position = transform.localPosition;
                _rotation = transform.localRotation;
            }
            InputAction position = positionInput.action, rotation = rotationInput.action;
            bool hasPosition = position != null && position.HasControl;
            bool hasRotation = rotation != null && rotation.HasControl;
            _position = hasPosition ? position.ReadValue<Vector3>() : _position;
            _rotation = hasRotation ? rotation.ReadValue<Quaternion>() : _rotation;
            ReadState(hasPosition, hasRotation);
            if (trackingType != TrackingType.RotationOnly && IsValid(Position))
            {
                transform.localPosition = _position;
            }
            if (trackingType != TrackingType.PositionOnly && IsValid(Rotation))
            {
                transform.localRotation = _rotation;
            }
        }

        bool IsValid(int part)
        {
            return ignoreTrackingState || (_tracked & part) != 0;
        }

        // Without such an action all that has a control is tracked; with one that has no control
        // it stays as it is.
        void ReadState(bool hasPosition, bool hasRotation)
        {
            InputAction state = trackingStateInput.action;
            if (state == null)
            {
                _tracked = (hasPosition ? Position : 0) | (hasRotation ? Rotation : 0);
            }
            else if (!state.enabled)
            {
                _tracked = 0;
            }
            else if (state.HasControl)
            {
                _tracked = state.ReadValue<int>();
            }
        }

        public enum TrackingType
        {
            RotationAndPosition,
            RotationOnly,
            PositionOnly,
        }

        public enum UpdateType
        {
            UpdateAndBeforeRender,
            Update,
            BeforeRender,
        }
    }
}
