using UnityDouble;

namespace UnityEngine
{
    public class Time
    {
        internal static double Now;
        internal static float Delta;
        internal static int Frames;
        internal static float Scale = 1f;
        internal static double Scaled;

        public static float time
        {
            get { return Asked("get_time", (float)Scaled); }
        }

        public static double timeAsDouble
        {
            get { return Asked("get_timeAsDouble", Scaled); }
        }

        public static float deltaTime
        {
            get { return Asked("get_deltaTime", Delta * Scale); }
        }

        public static float unscaledTime
        {
            get { return Asked("get_unscaledTime", (float)Now); }
        }

        public static double unscaledTimeAsDouble
        {
            get { return Asked("get_unscaledTimeAsDouble", Now); }
        }

        public static float unscaledDeltaTime
        {
            get { return Asked("get_unscaledDeltaTime", Delta); }
        }

        public static float smoothDeltaTime
        {
            get { return Asked("get_smoothDeltaTime", Delta * Scale); }
        }

        public static int frameCount
        {
            get { return Asked("get_frameCount", Frames); }
        }

        public static float realtimeSinceStartup
        {
            get { return (float)realtimeSinceStartupAsDouble; }
        }

        public static double realtimeSinceStartupAsDouble
        {
            get { return Asked("get_realtimeSinceStartup", Player.Clock.Elapsed.TotalSeconds); }
        }

        public static float timeScale
        {
            get
            {
                return Asked("get_timeScale", Scale);
            }
            set
            {
                MainThread.Check("set_timeScale");
                Scale = value;
            }
        }

        static T Asked<T>(string member, T value)
        {
            MainThread.Check(member);
            return value;
        }
    }
}
