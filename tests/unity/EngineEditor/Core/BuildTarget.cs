namespace UnityEditor
{
    public enum BuildTarget
    {
        StandaloneOSX = 2,
        Android = 13,
        StandaloneWindows64 = 19,
        StandaloneLinux64 = 24,
    }
}
