namespace UnityEngine.InputSystem
{
    public class InputDevice : InputControl
    {
        internal InputDevice(string path)
            : base(path)
        {
        }
    }
}
