namespace UnityEngine
{
    public enum FindObjectsInactive
    {
        Exclude = 0,
        Include = 1,
    }
}
