using UnityEngine.InputSystem.Controls;

namespace UnityEngine.InputSystem
{
    public class Pointer : InputDevice
    {
        internal Pointer(string path)
            : base(path)
        {
            position = new Vector2Control(path + "/position");
            delta = new DeltaControl(path + "/delta");
        }

        public static Pointer current
        {
            get { return Mouse.current; }
        }

        public Vector2Control position { get; protected set; }

        public DeltaControl delta { get; protected set; }
    }
}
