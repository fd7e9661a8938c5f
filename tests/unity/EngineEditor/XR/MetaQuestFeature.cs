namespace UnityEngine.XR.OpenXR.Features.MetaQuestSupport
{
    public class MetaQuestFeature : OpenXRFeature
    {
        public const string featureId = "com.unity.openxr.feature.metaquest";
    }
}
