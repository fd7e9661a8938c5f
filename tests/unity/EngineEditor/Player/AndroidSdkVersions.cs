namespace UnityEditor
{
    public enum AndroidSdkVersions
    {
        AndroidApiLevelAuto = 0,
        AndroidApiLevel25 = 25,
        AndroidApiLevel32 = 32,
    }
}
