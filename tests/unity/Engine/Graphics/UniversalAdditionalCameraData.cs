namespace UnityEngine.Rendering.Universal
{
    [DisallowMultipleComponent]
    [RequireComponent(typeof(Camera))]
    public partial class UniversalAdditionalCameraData : MonoBehaviour
    {
        public bool allowXRRendering { get; set; } = true;

        public bool renderShadows { get; set; } = true;

        public bool renderPostProcessing { get; set; }
    }
}
