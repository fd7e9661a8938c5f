using UnityDouble;

namespace UnityEngine
{
    public class Cursor
    {
        static bool _visible;
        static CursorLockMode _lockState;

        public static bool visible
        {
            get { return MainThread.Read(_visible); }
            set { MainThread.Write(ref _visible, value); }
        }

        public static CursorLockMode lockState
        {
            get { return MainThread.Read(_lockState); }
            set { MainThread.Write(ref _lockState, value); }
        }
    }
}
