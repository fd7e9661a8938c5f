using UnityDouble;

namespace UnityEngine.Rendering.Universal
{
    public sealed partial class UniversalRenderPipeline : RenderPipeline
    {
        static UniversalRenderPipelineAsset _asset;

        /// <summary>The one that the project is set up with.</summary>
        public static UniversalRenderPipelineAsset asset
        {
            get
            {
                if (_asset == null)
                {
                    _asset = World.Asset(
                        ScriptableObject.CreateInstance<UniversalRenderPipelineAsset>());
                }
                return _asset;
            }
        }

        public class SingleCameraRequest
        {
            public RenderTexture destination = null;
            public int mipLevel = 0;
            public CubemapFace face = CubemapFace.Unknown;
            public int slice = 0;
        }
    }
}
