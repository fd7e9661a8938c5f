using System;
using System.Runtime.CompilerServices;
using System.Threading;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>
    /// Most of the engine may be called from one thread only, and not by constructors.
    /// </summary>
    public static class MainThread
    {
        static Thread _main;

        /// <summary>How often something was asked of the engine.</summary>
        public static long Calls { get; private set; }

        /// <summary>Says how many constructors of MonoBehaviours run now.</summary>
        internal static int Constructing { get; set; }

        internal static bool IsCurrent
        {
            get { return _main == null || _main == Thread.CurrentThread; }
        }

        /// <summary>From now on the calling thread is the engine's.</summary>
        internal static void Claim()
        {
            _main = Thread.CurrentThread;
        }

        /// <summary>
        /// Throws as the engine does when `member` is called where it must not be.
        /// </summary>
        public static void Check(string member)
        {
            Calls++;
            if (!IsCurrent)
            {
                throw new UnityException(member + " can only be called from the main thread.");
            }
            if (Constructing > 0)
            {
                throw new UnityException(
                    member + " is not allowed to be called from a MonoBehaviour constructor (or "
                    + "instance field initializer), call it in Awake or Start instead.");
            }
        }

        internal static T Read<T>(T value, [CallerMemberName] string member = "")
        {
            Check(member);
            return value;
        }

        internal static void Write<T>(ref T field, T value, [CallerMemberName] string member = "")
        {
            Check(member);
            field = value;
        }
    }
}
