namespace UnityEngine.XR.OpenXR.Features.Interactions
{
    public class HPReverbG2ControllerProfile : OpenXRInteractionFeature
    {
        public const string featureId = "com.unity.openxr.feature.input.hpreverb";
    }
}
