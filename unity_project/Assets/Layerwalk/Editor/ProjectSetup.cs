using UnityEditor;

namespace Layerwalk.Editor
{
    /// <summary>
    /// Brings the project's settings to what the application needs; again changes nothing. It never
    /// builds.
    /// </summary>
    public static class ProjectSetup
    {
        /// <summary>Of this run of the editor: it has assigned a loader.</summary>
        public const string AssignedKey = "Layerwalk.Editor.AssignedLoader";

        /// <summary>What was done, in a sentence.</summary>
        public static string Apply()
        {
            if (EditorApplication.isPlayingOrWillChangePlaymode)
            {
                throw new SetupException(
                    "The project cannot be set up while it plays; leave Play mode first.");
            }
            bool restart = PlayerSetup.Apply();
            PipelineSetup.Apply();
            SceneSetup.Apply();
            ForHeadsets(BuildTargetGroup.Standalone);
            if (Platform.Quest.IsInstalled)
            {
                ForHeadsets(BuildTargetGroup.Android);
            }
            AssetDatabase.SaveAssets();
            return Summary(restart);
        }

        static void ForHeadsets(BuildTargetGroup group)
        {
            if (HeadsetSetup.Apply(group))
            {
                SessionState.SetBool(AssignedKey, true);
            }
            OpenXrSetup.Apply(group);
        }

        static string Summary(bool restart)
        {
            string said = Platform.Quest.IsInstalled
                ? "The project is set up for Windows, Linux, macOS and Quest."
                : "The project is set up for Windows, Linux and macOS. For Quest add Android Build "
                    + "Support to this editor in Unity Hub, and set up again.";
            return restart
                ? said + " Restart the editor now: the input system has been changed."
                : said;
        }
    }
}
