namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class MetaQuestTouchProControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.metaquestpro";
    }
}
