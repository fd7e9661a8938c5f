namespace UnityEngine.Rendering.Universal
{
    public enum IntermediateTextureMode
    {
        Auto,
        Always,
    }
}
