namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class MetaQuestTouchPlusControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.metaquestplus";
    }
}
