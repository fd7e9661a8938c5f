namespace UnityEngine.XR.OpenXR.Features
{
    public abstract partial class OpenXRInteractionFeature : OpenXRFeature
    {
    }
}
