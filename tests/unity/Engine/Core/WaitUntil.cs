using System;

namespace UnityEngine
{
    public sealed class WaitUntil : CustomYieldInstruction
    {
        readonly Func<bool> _predicate;

        public WaitUntil(Func<bool> predicate)
        {
            _predicate = predicate;
        }

        public override bool keepWaiting
        {
            get { return !_predicate(); }
        }
    }
}
