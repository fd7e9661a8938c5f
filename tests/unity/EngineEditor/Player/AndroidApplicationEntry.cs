using System;

namespace UnityEditor
{
    [Flags]
    public enum AndroidApplicationEntry : uint
    {
        Activity = 1 << 0,
        GameActivity = 1 << 1,
    }
}
