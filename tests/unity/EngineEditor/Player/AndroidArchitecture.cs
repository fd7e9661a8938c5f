using System;

namespace UnityEditor
{
    [Flags]
    public enum AndroidArchitecture : uint
    {
        None = 0,
        ARMv7 = 1 << 0,
        ARM64 = 1 << 1,
    }
}
