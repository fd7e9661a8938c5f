using System.Linq;
using UnityDouble;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;

namespace UnityEditor.XR.OpenXR.Features
{
    public static class FeatureHelpers
    {
        public static void RefreshFeatures(BuildTargetGroup group)
        {
            MainThread.Check("RefreshFeatures");
            OpenXrPackage.Refresh(group);
        }

        public static OpenXRFeature GetFeatureWithIdForBuildTarget(
            BuildTargetGroup buildTargetGroup, string featureId)
        {
            OpenXRSettings settings =
                OpenXRSettings.GetSettingsForBuildTargetGroup(buildTargetGroup);
            return settings == null
                ? null
                : settings.features.FirstOrDefault(each => OpenXrPackage.Id(each) == featureId);
        }
    }
}
