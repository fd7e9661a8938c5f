namespace UnityEngine
{
    public enum VRTextureUsage
    {
        None,
        OneEye,
        TwoEyes,
        DeviceSpecific,
    }
}
