using System;

namespace UnityEngine.XR
{
    [Flags]
    public enum TrackingOriginModeFlags
    {
        Unknown = 0,
        Device = 1,
        Floor = 2,
        TrackingReference = 4,
        Unbounded = 8,
    }
}
