using System.Linq;
using UnityEditor;
using UnityEditor.Build;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine;
using UnityEngine.XR.OpenXR.Features;

namespace Layerwalk.Editor
{
    /// <summary>Whether a player can be built, before minutes are spent on trying.</summary>
    public static class Readiness
    {
        const string Method = "-executeMethod Layerwalk.Editor.Commands.Setup";

        /// <summary>Throws what is missing, with the remedy.</summary>
        public static void Require(Platform platform)
        {
            RequireModule(platform);
            string missing = Missing(platform);
            if (missing != "")
            {
                throw new SetupException(
                    "The project is not set up for " + platform.Name + ": " + missing
                    + ". Choose layerwalk > Set up, or run the editor with " + Method + ".");
            }
            if (Application.isBatchMode && SessionState.GetBool(ProjectSetup.AssignedKey, false))
            {
                throw new SetupException(
                    "The project was set up in this same run of the editor, and a build might lack "
                    + "OpenXR; build in a second run.");
            }
            RequireActive(platform);
        }

        /// <summary>
        /// The first of the things without which a player shows nothing, or nothing in a headset;
        /// "" where none is. What else setting up does is not looked for.
        /// </summary>
        static string Missing(Platform platform)
        {
            if (!PipelineSetup.IsDone)
            {
                return PipelineSetup.PipelinePath + " is not its render pipeline";
            }
            if (!SceneSetup.IsDone)
            {
                return SceneSetup.Path + " is not the first scene of a build";
            }
            if (PlayerSettings.colorSpace != ColorSpace.Linear)
            {
                return "its colour space is not linear";
            }
            if (!platform.HasHeadset)
            {
                return "";
            }
            if (!HeadsetSetup.IsDone(platform.Group))
            {
                return "OpenXR is not its loader, started by hand";
            }
            string off = OpenXrSetup.Features(platform.Group)
                .FirstOrDefault(id => !IsOn(platform.Group, id));
            if (off != null)
            {
                return "OpenXR's feature " + off + " is off";
            }
            return platform.Group == BuildTargetGroup.Android ? MissingForQuest() : "";
        }

        static string MissingForQuest()
        {
            ScriptingImplementation backend =
                PlayerSettings.GetScriptingBackend(NamedBuildTarget.Android);
            bool is64 = backend == ScriptingImplementation.IL2CPP
                && PlayerSettings.Android.targetArchitectures == AndroidArchitecture.ARM64;
            if (!is64)
            {
                return "it is not compiled with IL2CPP for ARM64 alone";
            }
            bool network = PlayerSettings.Android.forceInternetPermission;
            return network ? "" : "it may not use the network";
        }

        static bool IsOn(BuildTargetGroup group, string id)
        {
            OpenXRFeature feature = FeatureHelpers.GetFeatureWithIdForBuildTarget(group, id);
            return feature != null && feature.enabled;
        }

        static void RequireModule(Platform platform)
        {
            if (!platform.IsInstalled)
            {
                throw new SetupException(
                    "This editor cannot build for " + platform.Name + "; in Unity Hub choose "
                    + "Installs > Add modules, add its build support, and restart the editor.");
            }
        }

        /// <summary>Scripts are compiled for the active platform, and OpenXR's differ.</summary>
        static void RequireActive(Platform platform)
        {
            BuildTarget active = EditorUserBuildSettings.activeBuildTarget;
            if (active == platform.Target)
            {
                return;
            }
            string fact = "The active platform is " + active + ", not " + platform.Target;
            if (Application.isBatchMode)
            {
                throw new SetupException(
                    fact + "; run the editor with -buildTarget " + platform.Argument + ".");
            }
            bool changing = EditorUserBuildSettings.SwitchActiveBuildTargetAsync(
                platform.Group, platform.Target);
            throw new SetupException(
                fact + (changing
                    ? "; it is being changed. When the editor is ready, build again."
                    : "; change it in File > Build Profiles, and build again."));
        }
    }
}
