using System;
using System.IO;
using UnityEditor;
using UnityEditor.Build.Reporting;

namespace Layerwalk.Editor
{
    /// <summary>Builds the application, of a project that is set up.</summary>
    public static class PlayerBuild
    {
        /// <summary>Names the folder of builds, if it is to be another than Builds.</summary>
        public const string FolderVariable = "LAYERWALK_BUILDS";

        /// <summary>What was built, in a sentence.</summary>
        public static string Run(Platform platform)
        {
            Readiness.Require(platform);
            return platform.HasHeadset
                ? Outcome(platform)
                : HeadsetSetup.Without(platform.Group, () => Outcome(platform));
        }

        static string Outcome(Platform platform)
        {
            BuildReport report = Build(platform);
            BuildSummary summary = report.summary;
            if (summary.result != BuildResult.Succeeded)
            {
                throw new SetupException(
                    "The build for " + platform.Name + " ended as " + summary.result + " with "
                    + summary.totalErrors + " errors: " + report.SummarizeErrors().Trim()
                    + " Mend what the log says above, and build again.");
            }
            return "Built for " + platform.Name + ": " + summary.outputPath;
        }

        static BuildReport Build(Platform platform)
        {
            BuildPlayerOptions options = new BuildPlayerOptions
            {
                scenes = new[] { SceneSetup.Path },
                locationPathName = Path.Combine(Folder(), platform.File).Replace('\\', '/'),
                target = platform.Target,
                targetGroup = platform.Group,
                options = BuildOptions.None,
            };
            if (platform.Group == BuildTargetGroup.Standalone)
            {
                options.subtarget = (int)StandaloneBuildSubtarget.Player;
            }
            else
            {
                EditorUserBuildSettings.buildAppBundle = false; // what a headset installs is an apk
                EditorUserBuildSettings.exportAsGoogleAndroidProject = false;
            }
            return BuildPipeline.BuildPlayer(options);
        }

        static string Folder()
        {
            string named = Environment.GetEnvironmentVariable(FolderVariable);
            return string.IsNullOrEmpty(named) ? "Builds" : named;
        }
    }
}
