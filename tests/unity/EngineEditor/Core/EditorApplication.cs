using UnityDouble;

namespace UnityEditor
{
    public sealed partial class EditorApplication
    {
        public static bool isPlayingOrWillChangePlaymode
        {
            get { return EditorProject.IsPlaying; }
        }

        public static void Exit(int returnValue)
        {
            MainThread.Check("Exit");
            EditorProject.ExitCodes.Add(returnValue);
        }
    }
}
