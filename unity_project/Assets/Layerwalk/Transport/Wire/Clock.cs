using System.Diagnostics;

namespace Layerwalk.Transport
{
    /// <summary>Milliseconds that only ever go up, whatever happens to the time of day.</summary>
    internal static class Clock
    {
        public const long Never = long.MaxValue;

        private static readonly Stopwatch Watch = Stopwatch.StartNew();

        public static long NowMs
        {
            get { return Watch.ElapsedMilliseconds; }
        }
    }
}
