using UnityDouble;
using UnityEngine.InputSystem.Controls;

namespace UnityEngine.InputSystem
{
    public class Mouse : Pointer
    {
        static readonly Mouse One = new Mouse();

        Mouse()
            : base("<Mouse>")
        {
            scroll = new DeltaControl("<Mouse>/scroll");
            leftButton = new ButtonControl("<Mouse>/leftButton");
            rightButton = new ButtonControl("<Mouse>/rightButton");
            middleButton = new ButtonControl("<Mouse>/middleButton");
        }

        public static new Mouse current
        {
            get { return Devices.HasMouse ? One : null; }
        }

        public DeltaControl scroll { get; protected set; }

        public ButtonControl leftButton { get; protected set; }

        public ButtonControl rightButton { get; protected set; }

        public ButtonControl middleButton { get; protected set; }
    }
}
