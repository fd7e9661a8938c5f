using UnityDouble;

namespace UnityEngine
{
    public sealed class Screen
    {
        static bool _fullScreen;
        static FullScreenMode _fullScreenMode;
        static int _sleepTimeout;

        public static int width
        {
            get { return MainThread.Read(Machine.ScreenWidth); }
        }

        public static int height
        {
            get { return MainThread.Read(Machine.ScreenHeight); }
        }

        public static float dpi
        {
            get { return 96f; }
        }

        public static bool fullScreen
        {
            get { return MainThread.Read(_fullScreen); }
            set { MainThread.Write(ref _fullScreen, value); }
        }

        public static FullScreenMode fullScreenMode
        {
            get { return MainThread.Read(_fullScreenMode); }
            set { MainThread.Write(ref _fullScreenMode, value); }
        }

        public static int sleepTimeout
        {
            get { return MainThread.Read(_sleepTimeout); }
            set { MainThread.Write(ref _sleepTimeout, value); }
        }

        public static void SetResolution(int width, int height, FullScreenMode fullscreenMode)
        {
            MainThread.Check("SetResolution");
            Machine.ScreenWidth = width;
            Machine.ScreenHeight = height;
            fullScreenMode = fullscreenMode;
        }
    }
}
