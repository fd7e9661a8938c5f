using System;
using UnityDouble;
using UnityEngine.InputSystem.Controls;

namespace UnityEngine.InputSystem
{
    public class Keyboard : InputDevice
    {
        internal static readonly Keyboard One = new Keyboard();

        Keyboard()
            : base("<Keyboard>")
        {
        }

        public event Action<char> onTextInput;

        public static Keyboard current
        {
            get { return Devices.HasKeyboard ? One : null; }
        }

        public KeyControl this[Key key]
        {
            get
            {
                using (Allocation.Noted())
                {
                    string name = key.ToString();
                    name = name.StartsWith("Digit")
                        ? name.Substring(5)
                        : char.ToLowerInvariant(name[0]) + name.Substring(1);
                    return new KeyControl("<Keyboard>/" + name, key);
                }
            }
        }

        internal void Typed(char character)
        {
            Action<char> heard = onTextInput;
            if (heard != null)
            {
                Behaviours.Guard(() => heard(character));
            }
        }

        internal void Forget()
        {
            onTextInput = null;
        }
    }
}
