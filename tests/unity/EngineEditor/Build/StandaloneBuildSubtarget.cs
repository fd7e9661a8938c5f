namespace UnityEditor
{
    public enum StandaloneBuildSubtarget
    {
        Default = 0,
        Server = 1,
        Player = 2,
    }
}
