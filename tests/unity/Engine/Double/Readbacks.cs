using System.Collections.Generic;
using System.Linq;

namespace UnityDouble
{
    /// <summary>The readbacks on their way.</summary>
    public static class Readbacks
    {
        static readonly List<Readback> Waiting = new List<Readback>();

        /// <summary>How many frames one takes.</summary>
        public static int Latency { get; set; }

        public static int Count
        {
            get { return Waiting.Count(r => !r.IsDone); }
        }

        /// <summary>The next ones fail: as when the graphics card was lost.</summary>
        public static bool Fail { get; set; }

        internal static void Add(Readback readback)
        {
            Waiting.Add(readback);
        }

        internal static void Finish()
        {
            foreach (Readback readback in Waiting.ToList())
            {
                if (readback.Step())
                {
                    Waiting.Remove(readback);
                }
            }
        }

        internal static void FinishAll()
        {
            foreach (Readback readback in Waiting.ToList())
            {
                readback.Finish();
            }
        }

        internal static void Clear()
        {
            Waiting.Clear();
            Latency = 2;
            Fail = false;
        }
    }
}
