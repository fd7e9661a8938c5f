using UnityDouble;

namespace UnityEngine
{
    public partial class GUIUtility
    {
        static string _systemCopyBuffer;

        public static string systemCopyBuffer
        {
            get { return MainThread.Read(_systemCopyBuffer); }
            set { MainThread.Write(ref _systemCopyBuffer, value); }
        }
    }
}
