using UnityEditor;
using UnityEditor.Build;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Editor
{
    /// <summary>The player's settings.</summary>
    public static class PlayerSetup
    {
        public const string Identifier = "org.layerwalk.client";

        // Quest 2, Pro, 3 and 3S all run Android 12L or newer.
        public const AndroidSdkVersions OldestAndroid = AndroidSdkVersions.AndroidApiLevel32;

        const string File = "ProjectSettings/ProjectSettings.asset";
        const int NewInputSystem = 1;

        /// <summary>Whether the editor has to be restarted for it.</summary>
        public static bool Apply()
        {
            PlayerSettings.colorSpace = ColorSpace.Linear;
            PlayerSettings.runInBackground = true; // a headset's window never has the focus
            PlayerSettings.SetApplicationIdentifier(NamedBuildTarget.Standalone, Identifier);
            ForQuest();
            return UseInputSystem();
        }

        static void ForQuest()
        {
            PlayerSettings.SetApplicationIdentifier(NamedBuildTarget.Android, Identifier);
            PlayerSettings.SetScriptingBackend(
                NamedBuildTarget.Android, ScriptingImplementation.IL2CPP);
            PlayerSettings.Android.targetArchitectures = AndroidArchitecture.ARM64;
            PlayerSettings.Android.minSdkVersion = OldestAndroid;
            // The bridge is reached over plain sockets, which Unity does not see in the code.
            PlayerSettings.Android.forceInternetPermission = true;
            PlayerSettings.Android.applicationEntry = AndroidApplicationEntry.GameActivity;
            // OpenXR refuses to build for Quest with another.
            PlayerSettings.defaultInterfaceOrientation = UIOrientation.LandscapeLeft;
            // Structured buffers in vertex shaders are not in every OpenGL ES.
            PlayerSettings.SetUseDefaultGraphicsAPIs(BuildTarget.Android, false);
            PlayerSettings.SetGraphicsAPIs(
                BuildTarget.Android, new[] { GraphicsDeviceType.Vulkan });
        }

        /// <summary>There is no other way to it than the file's own field.</summary>
        static bool UseInputSystem()
        {
            Object[] found = AssetDatabase.LoadAllAssetsAtPath(File);
            if (found.Length == 0)
            {
                throw new SetupException(
                    File + " cannot be read; open the folder unity_project as the project.");
            }
            return Fields.Set(found[0], "activeInputHandler", NewInputSystem);
        }
    }
}
