namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class KHRSimpleControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.khrsimpleprofile";
    }
}
