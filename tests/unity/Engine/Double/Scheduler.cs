using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace UnityDouble
{
    /// <summary>
    /// What `await` on the engine's thread goes on by: once a frame, after Update.
    /// </summary>
    sealed class Scheduler : SynchronizationContext
    {
        static readonly Scheduler One = new Scheduler();
        static SynchronizationContext _before;
        readonly Queue<KeyValuePair<SendOrPostCallback, object>> _posted =
            new Queue<KeyValuePair<SendOrPostCallback, object>>();

        public static void Install()
        {
            _before = Current is Scheduler ? _before : Current;
            lock (One._posted)
            {
                One._posted.Clear();
            }
            SetSynchronizationContext(One);
        }

        public static void Uninstall()
        {
            SetSynchronizationContext(_before);
        }

        public static void Run()
        {
            // What is posted meanwhile waits for the next frame.
            List<KeyValuePair<SendOrPostCallback, object>> now;
            lock (One._posted)
            {
                now = One._posted.ToList();
                One._posted.Clear();
            }
            foreach (KeyValuePair<SendOrPostCallback, object> call in now)
            {
                Behaviours.Guard(() => call.Key(call.Value));
            }
        }

        public override void Post(SendOrPostCallback d, object state)
        {
            lock (_posted)
            {
                _posted.Enqueue(new KeyValuePair<SendOrPostCallback, object>(d, state));
            }
        }
    }
}
