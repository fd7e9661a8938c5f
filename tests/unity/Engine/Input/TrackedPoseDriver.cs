using System.Linq;
using UnityDouble;

namespace UnityEngine.InputSystem.XR
{
    /// <summary>Puts its object where two actions say; also just before the picture.</summary>
    public partial class TrackedPoseDriver : MonoBehaviour
    {
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
            InputAction position = positionInput.action;
            InputAction rotation = rotationInput.action;
            if (position != null && trackingType != TrackingType.RotationOnly)
            {
                transform.localPosition = position.ReadValue<Vector3>();
            }
            if (rotation != null && trackingType != TrackingType.PositionOnly)
            {
                transform.localRotation = rotation.ReadValue<Quaternion>();
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
