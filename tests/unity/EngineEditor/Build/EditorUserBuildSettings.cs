using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    public partial class EditorUserBuildSettings : Object
    {
        static bool _buildAppBundle;
        static bool _exportAsGoogleAndroidProject;

        public static BuildTarget activeBuildTarget
        {
            get { return EditorProject.Active; }
        }

        public static bool buildAppBundle
        {
            get { return _buildAppBundle; }
            set { MainThread.Write(ref _buildAppBundle, value); }
        }

        public static bool exportAsGoogleAndroidProject
        {
            get { return _exportAsGoogleAndroidProject; }
            set { MainThread.Write(ref _exportAsGoogleAndroidProject, value); }
        }

        /// <summary>Scripts are compiled anew, so whoever asked does not go on.</summary>
        public static bool SwitchActiveBuildTargetAsync(
            BuildTargetGroup targetGroup, BuildTarget target)
        {
            MainThread.Check("SwitchActiveBuildTargetAsync");
            if (!BuildPipeline.IsBuildTargetSupported(targetGroup, target))
            {
                return false;
            }
            EditorProject.Active = target;
            return true;
        }
    }
}
