namespace UnityEngine
{
    public enum CursorLockMode
    {
        None = 0,
        Locked = 1,
        Confined = 2,
    }
}
