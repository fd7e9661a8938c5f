using UnityEngine.Rendering;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class RenderSettings : Object
    {
        static Color _ambientLight;
        static AmbientMode _ambientMode;
        static Material _skybox;
        static bool _fog;
        static Color _fogColor;
        static FogMode _fogMode;
        static float _fogDensity;
        static float _reflectionIntensity;

        public static Color ambientLight
        {
            get { return MainThread.Read(_ambientLight); }
            set { MainThread.Write(ref _ambientLight, value); }
        }

        public static AmbientMode ambientMode
        {
            get { return MainThread.Read(_ambientMode); }
            set { MainThread.Write(ref _ambientMode, value); }
        }

        public static Material skybox
        {
            get { return MainThread.Read(_skybox); }
            set { MainThread.Write(ref _skybox, value); }
        }

        public static bool fog
        {
            get { return MainThread.Read(_fog); }
            set { MainThread.Write(ref _fog, value); }
        }

        public static Color fogColor
        {
            get { return MainThread.Read(_fogColor); }
            set { MainThread.Write(ref _fogColor, value); }
        }

        public static FogMode fogMode
        {
            get { return MainThread.Read(_fogMode); }
            set { MainThread.Write(ref _fogMode, value); }
        }

        public static float fogDensity
        {
            get { return MainThread.Read(_fogDensity); }
            set { MainThread.Write(ref _fogDensity, value); }
        }

        public static float reflectionIntensity
        {
            get { return MainThread.Read(_reflectionIntensity); }
            set { MainThread.Write(ref _reflectionIntensity, value); }
        }
    }
}
