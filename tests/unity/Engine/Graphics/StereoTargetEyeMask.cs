using System;

namespace UnityEngine
{
    [Flags]
    public enum StereoTargetEyeMask
    {
        None = 0,
        Left = 1,
        Right = 2,
        Both = 3,
    }
}
