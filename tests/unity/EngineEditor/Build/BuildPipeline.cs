using UnityDouble;
using UnityEditor.Build.Reporting;

namespace UnityEditor
{
    public partial class BuildPipeline
    {
        public static bool IsBuildTargetSupported(
            BuildTargetGroup buildTargetGroup, BuildTarget target)
        {
            return EditorProject.Modules.Contains(target);
        }

        public static BuildReport BuildPlayer(BuildPlayerOptions buildPlayerOptions)
        {
            MainThread.Check("BuildPlayer");
            return EditorProject.Build(buildPlayerOptions);
        }
    }
}
