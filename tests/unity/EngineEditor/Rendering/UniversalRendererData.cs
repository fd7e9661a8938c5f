namespace UnityEngine.Rendering.Universal
{
    public partial class UniversalRendererData : ScriptableRendererData
    {
        IntermediateTextureMode m_IntermediateTextureMode = IntermediateTextureMode.Always;

        public IntermediateTextureMode intermediateTextureMode
        {
            get { return m_IntermediateTextureMode; }
            set { m_IntermediateTextureMode = value; }
        }
    }
}
