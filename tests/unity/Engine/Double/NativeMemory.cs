using System;
using Unity.Collections;

namespace UnityDouble
{
    /// <summary>Memory outside the collector's: somebody has to give it back.</summary>
    sealed class NativeMemory
    {
        readonly string _what;

        public NativeMemory(string what, Allocator allocator)
        {
            _what = what;
            Allocator = allocator;
            IsThere = true;
            if (allocator > Allocator.None)
            {
                Living.Add(this, what + " (" + allocator + ")", allocator == Allocator.Temp);
            }
        }

        public Allocator Allocator { get; private set; }

        public bool IsThere { get; private set; }

        public void Check()
        {
            if (!IsThere)
            {
                throw new ObjectDisposedException(
                    "The " + _what + " has been deallocated, it is not allowed to access it");
            }
        }

        public void Free()
        {
            IsThere = false;
            Living.Remove(this);
        }
    }
}
