using System.Runtime.InteropServices;

namespace Layerwalk.Protocol
{
    /// <summary>A 32-bit float of its bits, without the array that BitConverter wants.</summary>
    [StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
    struct Bits
    {
        [FieldOffset(0)] uint _bits;
        [FieldOffset(0)] float _value;

        public static float Single(uint bits)
        {
            var both = new Bits { _bits = bits };
            return both._value;
        }
    }
}
