using System.Collections.Generic;
using System.Linq;
using UnityEditor;
using UnityEditor.Build;
using UnityEditor.Build.Reporting;
using UnityEditor.XR.Management.Metadata;
using UnityEngine.Rendering;
using UnityEngine.XR.OpenXR;

namespace UnityDouble
{
    public static partial class EditorProject
    {
        public static readonly List<BuiltPlayer> Builds = new List<BuiltPlayer>();

        /// <summary>What the next build is to say is wrong; "" for nothing.</summary>
        public static string BuildError { get; set; }

        internal static BuildReport Build(BuildPlayerOptions options)
        {
            bool openXr = XRPackageMetadataStore.IsLoaderAssigned(
                typeof(OpenXRLoader).FullName, options.targetGroup);
            Builds.Add(new BuiltPlayer(options, openXr));
            string error = BuildError != "" ? BuildError : openXr ? Refused(options.target) : "";
            return error == ""
                ? Report(BuildResult.Succeeded, options.locationPathName, 0, "")
                : Report(BuildResult.Failed, options.locationPathName, 1, error);
        }

        /// <summary>What OpenXR does not let pass; the sentences are not Unity's.</summary>
        static string Refused(BuildTarget target)
        {
            if (target == BuildTarget.StandaloneLinux64)
            {
                return "OpenXR: Linux is no target.";
            }
            if (target != BuildTarget.Android)
            {
                return "";
            }
            bool fits = PlayerSettings.defaultInterfaceOrientation == UIOrientation.LandscapeLeft
                && PlayerSettings.Android.targetArchitectures == AndroidArchitecture.ARM64
                && PlayerSettings.GetGraphicsAPIs(target).All(
                    api => api == GraphicsDeviceType.Vulkan);
            return fits ? "" : "OpenXR: Quest needs ARM64, Vulkan and landscape.";
        }

        static BuildReport Report(BuildResult result, string path, int errors, string said)
        {
            return new BuildReport(new BuildSummary(result, path, errors), said);
        }

        static void ForgetBuilds()
        {
            Builds.Clear();
            BuildError = "";
        }
    }
}
