using System;
using UnityEditor;
using UnityEngine;

namespace Layerwalk.Editor
{
    /// <summary>
    /// The menu, and what `-executeMethod Layerwalk.Editor.Commands.…` may name. Without a window,
    /// setting up and building are two runs of the editor: in the run that assigned it, a loader
    /// did not get into the builds of others.
    /// </summary>
    public static class Commands
    {
        const string Menu = "layerwalk/";

        [MenuItem(Menu + "Set up", false, 0)]
        public static void Setup()
        {
            Run(ProjectSetup.Apply);
        }

        [MenuItem(Menu + "Build/Windows", false, 20)]
        public static void BuildWindows()
        {
            Run(() => PlayerBuild.Run(Platform.Windows));
        }

        [MenuItem(Menu + "Build/Linux", false, 21)]
        public static void BuildLinux()
        {
            Run(() => PlayerBuild.Run(Platform.Linux));
        }

        [MenuItem(Menu + "Build/macOS", false, 22)]
        public static void BuildMacOS()
        {
            Run(() => PlayerBuild.Run(Platform.MacOS));
        }

        [MenuItem(Menu + "Build/Quest", false, 23)]
        public static void BuildQuest()
        {
            Run(() => PlayerBuild.Run(Platform.Quest));
        }

        /// <summary>One line says how it went; a batch run that fails ends with 1.</summary>
        static void Run(Func<string> action)
        {
            try
            {
                Debug.Log("layerwalk: " + action());
            }
            catch (SetupException problem)
            {
                Debug.LogError("layerwalk: " + problem.Message);
                Stop(problem.Message);
            }
            catch (Exception problem)
            {
                // Nothing that was foreseen: where it happened is what helps.
                Debug.LogException(problem);
                Stop(problem.GetType().Name + ": " + problem.Message);
            }
        }

        static void Stop(string message)
        {
            if (Application.isBatchMode)
            {
                EditorApplication.Exit(1);
            }
            else
            {
                EditorUtility.DisplayDialog("layerwalk", message, "OK");
            }
        }
    }
}
