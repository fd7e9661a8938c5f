using UnityDouble;

namespace UnityEngine.XR
{
    public partial class InputDevices
    {
        public static InputDevice GetDeviceAtXRNode(XRNode node)
        {
            MainThread.Check("GetDeviceAtXRNode");
            return new InputDevice(node);
        }
    }
}
