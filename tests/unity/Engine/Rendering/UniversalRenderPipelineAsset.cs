using UnityEngine.Rendering;

namespace UnityEngine.Rendering.Universal
{
    public partial class UniversalRenderPipelineAsset : RenderPipelineAsset
    {
        int _samples = 1;

        public int msaaSampleCount
        {
            get { return _samples; }
            set { _samples = value; }
        }
    }
}
