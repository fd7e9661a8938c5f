using System;
using System.Linq;
using UnityEditor;
using UnityEngine;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;
using UnityEngine.XR.OpenXR.Features.Interactions;
using UnityEngine.XR.OpenXR.Features.MetaQuestSupport;

namespace UnityDouble
{
    /// <summary>The settings of OpenXR: one asset, a part for each group of platforms.</summary>
    static class OpenXrPackage
    {
        const string Folder = "Assets/XR/Settings";
        const string Path = Folder + "/OpenXR Package Settings.asset";

        static readonly Type[] Both =
        {
            typeof(OculusTouchControllerProfile), typeof(MetaQuestTouchPlusControllerProfile),
            typeof(MetaQuestTouchProControllerProfile), typeof(KHRSimpleControllerProfile),
        };

        static readonly Type[] Standalone =
        {
            typeof(ValveIndexControllerProfile), typeof(HTCViveControllerProfile),
            typeof(MicrosoftMotionControllerProfile), typeof(HPReverbG2ControllerProfile),
        };

        static readonly Type[] Android = { typeof(MetaQuestFeature) };

        public static OpenXRSettings Find(BuildTargetGroup group)
        {
            return AssetDatabase.LoadAllAssetsAtPath(Path).OfType<OpenXRSettings>()
                .FirstOrDefault(settings => settings.name == group.ToString());
        }

        public static string Id(OpenXRFeature feature)
        {
            return (string)feature.GetType().GetField("featureId").GetRawConstantValue();
        }

        /// <summary>No settings for a group that this editor cannot build for.</summary>
        public static void Refresh(BuildTargetGroup group)
        {
            bool android = group == BuildTargetGroup.Android;
            bool unknown = android && !EditorProject.Modules.Contains(BuildTarget.Android);
            if (!EditorProject.HasOpenXr || unknown || Find(group) != null)
            {
                return;
            }
            OpenXRSettings made = ScriptableObject.CreateInstance<OpenXRSettings>();
            made.name = group.ToString();
            made.features = Both.Concat(android ? Android : Standalone)
                .Select(type => (OpenXRFeature)ScriptableObject.CreateInstance(type)).ToArray();
            Keep(made);
            foreach (OpenXRFeature feature in made.features)
            {
                AssetDatabase.AddObjectToAsset(feature, Path);
            }
            AssetDatabase.SaveAssets();
        }

        static void Keep(OpenXRSettings made)
        {
            if (!AssetDatabase.IsValidFolder(Folder))
            {
                AssetDatabase.CreateFolder("Assets/XR", "Settings");
            }
            if (AssetDatabase.LoadAllAssetsAtPath(Path).Length == 0)
            {
                AssetDatabase.CreateAsset(made, Path);
            }
            else
            {
                AssetDatabase.AddObjectToAsset(made, Path);
            }
        }
    }
}
