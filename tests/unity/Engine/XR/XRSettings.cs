using UnityDouble;

namespace UnityEngine.XR
{
    public static partial class XRSettings
    {
        static float _eyeTextureResolutionScale = 1f;

        public static bool isDeviceActive
        {
            get { return Headset.IsRunning; }
        }

        public static bool enabled
        {
            get { return Headset.IsRunning; }
        }

        public static float eyeTextureResolutionScale
        {
            get { return MainThread.Read(_eyeTextureResolutionScale); }
            set { MainThread.Write(ref _eyeTextureResolutionScale, value); }
        }

        public static int eyeTextureWidth
        {
            get { return Headset.IsRunning ? 2064 : 0; }
        }

        public static int eyeTextureHeight
        {
            get { return Headset.IsRunning ? 2208 : 0; }
        }
    }
}
