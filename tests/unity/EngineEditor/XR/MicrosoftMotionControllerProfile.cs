namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class MicrosoftMotionControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.microsoftmotioncontroller";
    }
}
