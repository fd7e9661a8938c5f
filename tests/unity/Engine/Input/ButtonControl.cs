namespace UnityEngine.InputSystem.Controls
{
    public class ButtonControl : AxisControl
    {
        internal ButtonControl(string path)
            : base(path)
        {
        }

        public bool isPressed
        {
            get { return ReadValue() >= 0.5f; }
        }

        public bool wasPressedThisFrame
        {
            get { return isPressed && ReadValueFromPreviousFrame() < 0.5f; }
        }

        public bool wasReleasedThisFrame
        {
            get { return !isPressed && ReadValueFromPreviousFrame() >= 0.5f; }
        }
    }
}
