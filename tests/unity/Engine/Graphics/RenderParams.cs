using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial struct RenderParams
    {
        public RenderParams(Material mat)
            : this()
        {
            renderingLayerMask = 1;
            reflectionProbeUsage = ReflectionProbeUsage.Off;
            material = mat;
            shadowCastingMode = ShadowCastingMode.Off;
            lightProbeUsage = LightProbeUsage.Off;
        }

        public int layer { get; set; }

        public uint renderingLayerMask { get; set; }

        public int rendererPriority { get; set; }

        public Bounds worldBounds { get; set; }

        public Camera camera { get; set; }

        public MotionVectorGenerationMode motionVectorMode { get; set; }

        public ReflectionProbeUsage reflectionProbeUsage { get; set; }

        public Material material { get; set; }

        public MaterialPropertyBlock matProps { get; set; }

        public ShadowCastingMode shadowCastingMode { get; set; }

        public bool receiveShadows { get; set; }

        public LightProbeUsage lightProbeUsage { get; set; }
    }
}
