using System;
using System.Reflection;

namespace UnityDouble
{
    /// <summary>
    /// What scripts allocate in Update and LateUpdate, to the byte: without what this double
    /// allocates for what it notes, where the engine allocates nothing that is collected.
    /// </summary>
    public static class Allocation
    {
        static readonly Func<long> Allocated = (Func<long>)Delegate.CreateDelegate(
            typeof(Func<long>),
            typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread",
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));

        static long _ofTheDouble;
        static bool _inside;

        /// <summary>Bytes since the process began.</summary>
        public static long OfScripts { get; private set; }

        /// <summary>Runs a callback of a script.</summary>
        internal static void Count(Action callback)
        {
            long doubles = _ofTheDouble, before = Allocated();
            callback();
            long bytes = Allocated() - before;
            OfScripts += bytes - (_ofTheDouble - doubles);
        }

        /// <summary>Until it is disposed of, the double allocates, and not who called it. No
        /// script may be called meanwhile.</summary>
        internal static Own Noted()
        {
            var own = new Own(_inside ? -1 : Allocated());
            _inside = true;
            return own;
        }

        internal struct Own : IDisposable
        {
            readonly long _before;

            public Own(long before)
            {
                _before = before;
            }

            public void Dispose()
            {
                if (_before >= 0)
                {
                    _ofTheDouble += Allocated() - _before;
                    _inside = false;
                }
            }
        }
    }
}
