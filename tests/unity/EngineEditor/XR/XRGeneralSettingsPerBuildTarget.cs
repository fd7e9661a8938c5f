using System.Collections.Generic;
using UnityEngine;
using UnityEngine.XR.Management;

namespace UnityEditor.XR.Management
{
    public class XRGeneralSettingsPerBuildTarget : ScriptableObject
    {
        Dictionary<BuildTargetGroup, XRGeneralSettings> Settings =
            new Dictionary<BuildTargetGroup, XRGeneralSettings>();

        public bool HasManagerSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            XRGeneralSettings settings = SettingsForBuildTarget(targetGroup);
            return settings != null && settings.Manager != null;
        }

        /// <summary>Overwrites what was there.</summary>
        public void CreateDefaultManagerSettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            if (SettingsForBuildTarget(targetGroup) == null)
            {
                XRGeneralSettings made = CreateInstance<XRGeneralSettings>();
                Settings[targetGroup] = made;
                AssetDatabase.AddObjectToAsset(made, AssetDatabase.GetAssetPath(this));
            }
            XRManagerSettings manager = CreateInstance<XRManagerSettings>();
            SettingsForBuildTarget(targetGroup).Manager = manager;
            AssetDatabase.AddObjectToAsset(manager, AssetDatabase.GetAssetPath(this));
            AssetDatabase.SaveAssets();
        }

        public XRGeneralSettings SettingsForBuildTarget(BuildTargetGroup targetGroup)
        {
            XRGeneralSettings found;
            Settings.TryGetValue(targetGroup, out found);
            return found;
        }

        public static XRGeneralSettings XRGeneralSettingsForBuildTarget(
            BuildTargetGroup targetGroup)
        {
            XRGeneralSettingsPerBuildTarget all;
            return EditorBuildSettings.TryGetConfigObject(XRGeneralSettings.k_SettingsKey, out all)
                ? all.SettingsForBuildTarget(targetGroup)
                : null;
        }
    }
}
