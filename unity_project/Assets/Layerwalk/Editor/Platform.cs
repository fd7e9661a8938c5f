using UnityEditor;

namespace Layerwalk.Editor
{
    /// <summary>What layerwalk is built for.</summary>
    public sealed class Platform
    {
        public static readonly Platform Windows = new Platform(
            "Windows", BuildTarget.StandaloneWindows64, "Win64", "Windows/layerwalk.exe", true);

        // OpenXR's package refuses to be built for Linux, so there it is the desk only.
        public static readonly Platform Linux = new Platform(
            "Linux", BuildTarget.StandaloneLinux64, "Linux64", "Linux/layerwalk.x86_64", false);

        public static readonly Platform MacOS = new Platform(
            "macOS", BuildTarget.StandaloneOSX, "OSXUniversal", "macOS/layerwalk.app", true);

        public static readonly Platform Quest = new Platform(
            "Quest", BuildTarget.Android, "Android", "Quest/layerwalk.apk", true);

        Platform(string name, BuildTarget target, string argument, string file, bool headset)
        {
            Name = name;
            Target = target;
            Argument = argument;
            File = file;
            HasHeadset = headset;
        }

        public string Name { get; }

        public BuildTarget Target { get; }

        /// <summary>What the editor's -buildTarget calls it.</summary>
        public string Argument { get; }

        /// <summary>The player, in the folder of builds.</summary>
        public string File { get; }

        public bool HasHeadset { get; }

        public BuildTargetGroup Group
        {
            get
            {
                return Target == BuildTarget.Android
                    ? BuildTargetGroup.Android
                    : BuildTargetGroup.Standalone;
            }
        }

        public bool IsInstalled
        {
            get { return BuildPipeline.IsBuildTargetSupported(Group, Target); }
        }
    }
}
