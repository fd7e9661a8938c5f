using UnityDouble;
using UnityEngine;

namespace UnityEngine.Rendering
{
    public sealed partial class GraphicsSettings : Object
    {
        static RenderPipelineAsset _pipeline;

        public static RenderPipelineAsset defaultRenderPipeline
        {
            get { return _pipeline; }
            set { MainThread.Write(ref _pipeline, value); }
        }

        public static Object GetGraphicsSettings()
        {
            return EditorProject.Graphics;
        }
    }
}
