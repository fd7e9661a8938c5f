namespace UnityEngine
{
    public partial class MeshRenderer : Renderer
    {
    }
}
