using System.Collections.Generic;
using System.Linq;
using UnityEditor;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;
using UnityEngine.XR.OpenXR.Features.Interactions;
using UnityEngine.XR.OpenXR.Features.MetaQuestSupport;

namespace Layerwalk.Editor
{
    /// <summary>OpenXR: both eyes in one pass, and controllers of the usual headsets.</summary>
    public static class OpenXrSetup
    {
        static readonly string[] Everywhere =
        {
            OculusTouchControllerProfile.featureId,
            MetaQuestTouchPlusControllerProfile.featureId,
            MetaQuestTouchProControllerProfile.featureId,
            KHRSimpleControllerProfile.featureId,
        };

        static readonly string[] AtADesk =
        {
            ValveIndexControllerProfile.featureId,
            HTCViveControllerProfile.featureId,
            MicrosoftMotionControllerProfile.featureId,
            HPReverbG2ControllerProfile.featureId,
        };

        static readonly string[] OnAQuest = { MetaQuestFeature.featureId };

        /// <summary>The ids of what is switched on for a group of platforms.</summary>
        public static IEnumerable<string> Features(BuildTargetGroup group)
        {
            return Everywhere.Concat(group == BuildTargetGroup.Android ? OnAQuest : AtADesk);
        }

        public static void Apply(BuildTargetGroup group)
        {
            FeatureHelpers.RefreshFeatures(group); // makes those that are not there yet
            OpenXRSettings settings = OpenXRSettings.GetSettingsForBuildTargetGroup(group);
            if (settings == null)
            {
                throw new SetupException(
                    "OpenXR has no settings for " + group + "; open Project Settings > XR Plug-in "
                    + "Management > OpenXR once, and set up again.");
            }
            settings.renderMode = OpenXRSettings.RenderMode.SinglePassInstanced;
            EditorUtility.SetDirty(settings);
            foreach (string id in Features(group))
            {
                Enable(group, id);
            }
        }

        static void Enable(BuildTargetGroup group, string id)
        {
            OpenXRFeature feature = FeatureHelpers.GetFeatureWithIdForBuildTarget(group, id);
            if (feature == null)
            {
                throw new SetupException(
                    "OpenXR has no feature " + id + " for " + group + "; use the version of "
                    + HeadsetSetup.Package + " that Packages/manifest.json names.");
            }
            feature.enabled = true;
            EditorUtility.SetDirty(feature);
        }
    }
}
