namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class OculusTouchControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.oculustouch";
    }
}
