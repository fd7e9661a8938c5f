using System;
using UnityEditor;
using UnityEditor.XR.Management;
using UnityEditor.XR.Management.Metadata;
using UnityEngine;
using UnityEngine.XR.Management;

namespace Layerwalk.Editor
{
    /// <summary>XR Plug-in Management: OpenXR is the loader; the application starts it.</summary>
    public static class HeadsetSetup
    {
        public const string Package = "com.unity.xr.openxr";
        public const string Loader = "UnityEngine.XR.OpenXR.OpenXRLoader";

        const string Folder = "Assets/XR";
        const string File = Folder + "/XRGeneralSettingsPerBuildTarget.asset"; // its own default

        public static bool IsDone(BuildTargetGroup group)
        {
            XRGeneralSettings settings =
                XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
            return settings != null && settings.Manager != null && !settings.InitManagerOnStart
                && XRPackageMetadataStore.IsLoaderAssigned(Loader, group);
        }

        /// <summary>Whether the loader was not assigned before.</summary>
        public static bool Apply(BuildTargetGroup group)
        {
            XRGeneralSettingsPerBuildTarget all = ForAll(group);
            if (!all.HasManagerSettingsForBuildTarget(group))
            {
                all.CreateDefaultManagerSettingsForBuildTarget(group);
                EditorUtility.SetDirty(all);
            }
            XRGeneralSettings settings = all.SettingsForBuildTarget(group);
            // Desk and headset are changed while it runs, so nothing may start by itself.
            settings.InitManagerOnStart = false;
            EditorUtility.SetDirty(settings);
            if (XRPackageMetadataStore.IsLoaderAssigned(Loader, group))
            {
                return false;
            }
            Assign(settings.Manager, group);
            return true;
        }

        /// <summary>Acts while OpenXR is not the loader, for players it must not be in.</summary>
        public static T Without<T>(BuildTargetGroup group, Func<T> action)
        {
            XRGeneralSettings settings =
                XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
            bool assigned = settings != null && settings.Manager != null
                && XRPackageMetadataStore.IsLoaderAssigned(Loader, group);
            if (assigned)
            {
                XRPackageMetadataStore.RemoveLoader(settings.Manager, Loader, group);
            }
            T result;
            try
            {
                result = action();
            }
            catch (Exception)
            {
                if (assigned)
                {
                    TryAssign(settings.Manager, group);
                }
                throw;
            }
            if (assigned)
            {
                Assign(settings.Manager, group);
            }
            return result;
        }

        static XRGeneralSettingsPerBuildTarget ForAll(BuildTargetGroup group)
        {
            // This also finds the asset where the project has lost sight of it.
            XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
            XRGeneralSettingsPerBuildTarget found;
            string key = XRGeneralSettings.k_SettingsKey;
            if (EditorBuildSettings.TryGetConfigObject(key, out found) && found != null)
            {
                return found;
            }
            if (!AssetDatabase.IsValidFolder(Folder))
            {
                AssetDatabase.CreateFolder("Assets", "XR");
            }
            found = ScriptableObject.CreateInstance<XRGeneralSettingsPerBuildTarget>();
            AssetDatabase.CreateAsset(found, File);
            EditorBuildSettings.AddConfigObject(key, found, true);
            return found;
        }

        // Says why it could not; for who has to tell of something else.
        static void TryAssign(XRManagerSettings manager, BuildTargetGroup group)
        {
            try
            {
                Assign(manager, group);
            }
            catch (SetupException problem)
            {
                Debug.LogError("layerwalk: " + problem.Message);
            }
        }

        static void Assign(XRManagerSettings manager, BuildTargetGroup group)
        {
            // AssignLoader drops a loader of which it has no metadata, and returns true.
            if (XRPackageMetadataStore.GetMetadataForPackage(Package) == null)
            {
                throw new SetupException(
                    "The package " + Package + " is not in the project; restore "
                    + "Packages/manifest.json, let the editor import it, and set up again.");
            }
            bool done = XRPackageMetadataStore.AssignLoader(manager, Loader, group);
            if (!done || !XRPackageMetadataStore.IsLoaderAssigned(Loader, group))
            {
                throw new SetupException(
                    "OpenXR could not be made the XR loader for " + group + "; tick OpenXR in "
                    + "Project Settings > XR Plug-in Management, and set up again.");
            }
        }
    }
}
