using System.IO;
using UnityDouble;

namespace UnityEngine.InputSystem
{
    public abstract partial class InputControl<TValue> : InputControl
        where TValue : struct
    {
        internal InputControl(string path)
            : base(path)
        {
        }

        public TValue ReadValue()
        {
            using (Allocation.Noted())
            {
                object read = Devices.Read(Path);
                return read is TValue ? (TValue)read : default(TValue);
            }
        }

        public TValue ReadValueFromPreviousFrame()
        {
            using (Allocation.Noted())
            {
                object read = Devices.ReadBefore(Path);
                return read is TValue ? (TValue)read : default(TValue);
            }
        }
    }
}
