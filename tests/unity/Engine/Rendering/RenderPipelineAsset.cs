namespace UnityEngine.Rendering
{
    public abstract partial class RenderPipelineAsset : ScriptableObject
    {
    }
}
