namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class HTCViveControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.htcvive";
    }
}
