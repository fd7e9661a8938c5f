using UnityEngine.Rendering;

namespace UnityEngine.Rendering.Universal
{
    /// <summary>It begins with every kind of shadows, unlike the one of Unity.</summary>
    public partial class UniversalRenderPipelineAsset : RenderPipelineAsset
    {
        public static readonly string packagePath = "Packages/com.unity.render-pipelines.universal";

        internal ScriptableRendererData[] m_RendererDataList = new ScriptableRendererData[1];

        bool m_RequireDepthTexture;
        bool m_RequireOpaqueTexture;
        bool m_SupportsHDR = true;
        int m_MSAA = 1;
        float m_ShadowDistance = 50f;
        int m_MainLightRenderingMode = 1;
        int m_AdditionalLightsRenderingMode = 1;
        bool m_MainLightShadowsSupported = true;
        bool m_AdditionalLightShadowsSupported = true;
        bool m_SoftShadowsSupported = true;

        public bool supportsCameraDepthTexture
        {
            get { return m_RequireDepthTexture; }
            set { m_RequireDepthTexture = value; }
        }

        public bool supportsCameraOpaqueTexture
        {
            get { return m_RequireOpaqueTexture; }
            set { m_RequireOpaqueTexture = value; }
        }

        public bool supportsHDR
        {
            get { return m_SupportsHDR; }
            set { m_SupportsHDR = value; }
        }

        public int msaaSampleCount
        {
            get { return m_MSAA; }
            set { m_MSAA = value; }
        }

        public float shadowDistance
        {
            get { return m_ShadowDistance; }
            set { m_ShadowDistance = value; }
        }

        public bool supportsMainLightShadows
        {
            get { return m_MainLightShadowsSupported && m_MainLightRenderingMode != 0; }
        }

        public bool supportsAdditionalLightShadows
        {
            get
            {
                return m_AdditionalLightShadowsSupported && m_AdditionalLightsRenderingMode != 0;
            }
        }

        public bool supportsSoftShadows
        {
            get { return m_SoftShadowsSupported; }
        }

        public static UniversalRenderPipelineAsset Create(
            ScriptableRendererData rendererData = null)
        {
            UniversalRenderPipelineAsset made = CreateInstance<UniversalRenderPipelineAsset>();
            made.m_RendererDataList[0] = rendererData;
            return made;
        }
    }
}
