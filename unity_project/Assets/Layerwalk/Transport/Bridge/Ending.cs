using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Ends transports on other threads: to wait for theirs would hold up the main one, and the
    /// picture with it.
    /// </summary>
    internal sealed class Ending
    {
        private readonly List<Task> _tasks = new List<Task>();

        /// <summary>Ends one; its owner does not touch it any more.</summary>
        public void Begin(ITransport transport)
        {
            _tasks.RemoveAll(task => task.Status == TaskStatus.RanToCompletion);
            _tasks.Add(Task.Run((Action)transport.Dispose));
        }

        /// <summary>
        /// Waits until all have ended, at most so many milliseconds; whether they have. Throws
        /// what the first that failed threw, once.
        /// </summary>
        public bool Wait(int timeoutMs)
        {
            bool all = Task.WhenAll(_tasks).ContinueWith(ended => { }).Wait(timeoutMs);
            Task failed = _tasks.FirstOrDefault(task => task.IsFaulted);
            _tasks.RemoveAll(task => task.IsCompleted);
            if (failed != null)
                ExceptionDispatchInfo.Capture(failed.Exception.InnerException).Throw();
            return all;
        }
    }
}
