namespace UnityEngine
{
    public sealed class SleepTimeout
    {
        public const int NeverSleep = -1;
        public const int SystemSetting = -2;
    }
}
