using System.Linq;
using UnityDouble;
using UnityEngine;
using UnityEngine.XR.Management;
using UnityEngine.XR.OpenXR;

namespace UnityEditor.XR.Management.Metadata
{
    /// <summary>Knows OpenXR where its package is there, and no other.</summary>
    public class XRPackageMetadataStore
    {
        const string Path = "Assets/XR/Loaders/OpenXRLoader.asset";

        public static IXRPackageMetadata GetMetadataForPackage(string packageId)
        {
            return EditorProject.HasOpenXr && packageId == OpenXrMetadata.Package
                ? new OpenXrMetadata()
                : null;
        }

        public static bool IsLoaderAssigned(
            string loaderTypeName, BuildTargetGroup buildTargetGroup)
        {
            XRGeneralSettings settings =
                XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(buildTargetGroup);
            return settings != null && settings.Manager.activeLoaders.Any(
                loader => loader != null && loader.GetType().FullName == loaderTypeName);
        }

        /// <summary>
        /// Brings the loaders into the order of what is known of packages. One of which nothing is
        /// known falls out on the way, and that is a success.
        /// </summary>
        public static bool AssignLoader(
            XRManagerSettings settings, string loaderTypeName, BuildTargetGroup buildTargetGroup)
        {
            MainThread.Check("AssignLoader");
            if (EditorProject.IsPlaying || loaderTypeName != typeof(OpenXRLoader).FullName)
            {
                return false;
            }
            if (settings.TryAddLoader(Instance()))
            {
                if (!EditorProject.HasOpenXr || EditorProject.DropsLoaders)
                {
                    settings.TryRemoveLoader(Instance());
                }
                EditorUtility.SetDirty(settings);
                AssetDatabase.SaveAssets();
            }
            return true;
        }

        /// <summary>True also where it was not assigned.</summary>
        public static bool RemoveLoader(
            XRManagerSettings settings, string loaderTypeName, BuildTargetGroup buildTargetGroup)
        {
            MainThread.Check("RemoveLoader");
            settings.TryRemoveLoader(Instance());
            EditorUtility.SetDirty(settings);
            AssetDatabase.SaveAssets();
            return true;
        }

        static XRLoader Instance()
        {
            XRLoader found = AssetDatabase.LoadAssetAtPath<OpenXRLoader>(Path);
            if (found == null)
            {
                AssetDatabase.CreateFolder("Assets/XR", "Loaders");
                found = ScriptableObject.CreateInstance<OpenXRLoader>();
                AssetDatabase.CreateAsset(found, Path);
            }
            return found;
        }
    }
}
