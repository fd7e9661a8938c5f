namespace UnityEngine
{
    public enum FindObjectsSortMode
    {
        None = 0,
        InstanceID = 1,
    }
}
