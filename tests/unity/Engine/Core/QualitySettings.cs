using UnityDouble;

namespace UnityEngine
{
    public sealed partial class QualitySettings : Object
    {
        static int _vSyncCount;
        static int _antiAliasing;
        static float _lodBias;

        public static int vSyncCount
        {
            get { return MainThread.Read(_vSyncCount); }
            set { MainThread.Write(ref _vSyncCount, value); }
        }

        public static int antiAliasing
        {
            get { return MainThread.Read(_antiAliasing); }
            set { MainThread.Write(ref _antiAliasing, value); }
        }

        public static float lodBias
        {
            get { return MainThread.Read(_lodBias); }
            set { MainThread.Write(ref _lodBias, value); }
        }

        public static ColorSpace activeColorSpace
        {
            get { return ColorSpace.Linear; }
        }
    }
}
