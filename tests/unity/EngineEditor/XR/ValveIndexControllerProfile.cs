namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class ValveIndexControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.valveindex";
    }
}
