namespace UnityEngine.Rendering
{
    public enum CullMode
    {
        Off = 0,
        Front = 1,
        Back = 2,
    }
}
