namespace UnityEngine
{
    public enum ComputeBufferMode
    {
        Immutable = 0,
        Dynamic = 1,
        SubUpdates = 4,
    }
}
