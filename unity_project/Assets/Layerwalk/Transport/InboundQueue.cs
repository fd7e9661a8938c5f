using System;
using System.Collections.Generic;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// What came and was not received yet; bounded. When it is full, either the reader waits, and
    /// with it, through TCP, the peer, or the oldest is dropped and counted.
    /// </summary>
    internal sealed class InboundQueue
    {
        private readonly object _lock = new object();
        private readonly Queue<Received> _queue = new Queue<Received>();
        private readonly int _maxMessages;
        private readonly long _maxBytes;
        private readonly bool _dropsOldest;
        private List<Action> _handlers = new List<Action>(); // replaced, never changed
        private volatile Exception _handlerError;
        private long _bytes;
        private long _dropped;
        private bool _closed;

        public InboundQueue(int maxMessages, long maxBytes, bool dropsOldest)
        {
            _maxMessages = maxMessages;
            _maxBytes = maxBytes;
            _dropsOldest = dropsOldest;
        }

        /// <summary>What a handler of `Arrived` threw last; null for nothing.</summary>
        public Exception HandlerError
        {
            get { return _handlerError; }
        }

        /// <summary>
        /// Is called after something was added, by who added it. What a handler throws ends
        /// neither that thread nor the other handlers.
        /// </summary>
        public event Action Arrived
        {
            add
            {
                lock (_lock)
                    _handlers = new List<Action>(_handlers) { value };
            }

            remove
            {
                lock (_lock)
                {
                    var rest = new List<Action>(_handlers);
                    rest.Remove(value);
                    _handlers = rest;
                }
            }
        }

        /// <summary>How many were dropped so far.</summary>
        public long Dropped
        {
            get
            {
                lock (_lock)
                    return _dropped;
            }
        }

        /// <summary>What waits takes so many bytes.</summary>
        public long Bytes
        {
            get
            {
                lock (_lock)
                    return _bytes;
            }
        }

        /// <summary>Adds at the end; may wait for room. False, and disposed, once closed.</summary>
        public bool Add(Received received)
        {
            if (!Enqueue(received))
            {
                received.Dispose();
                return false;
            }
            Tell();
            return true;
        }

        private void Tell()
        {
            List<Action> handlers;
            lock (_lock)
                handlers = _handlers;
            foreach (Action handler in handlers)
                try
                {
                    handler();
                }
                catch (Exception error)
                {
                    _handlerError = error;
                }
        }

        private bool Enqueue(Received received)
        {
            lock (_lock)
            {
                while (!_closed && Full(received.Cost))
                {
                    if (_dropsOldest)
                        Drop();
                    else
                        Monitor.Wait(_lock);
                }
                if (_closed)
                    return false;
                _queue.Enqueue(received);
                _bytes += received.Cost;
                Monitor.PulseAll(_lock);
                return true;
            }
        }

        /// <summary>Takes the first; waits for one at most so long.</summary>
        public bool TryTake(out Received received, int timeoutMs)
        {
            long untilMs = timeoutMs > 0 ? Clock.NowMs + timeoutMs : 0;
            lock (_lock)
            {
                while (_queue.Count == 0)
                {
                    long leftMs = untilMs == 0 ? 0 : untilMs - Clock.NowMs;
                    if (leftMs <= 0 || _closed)
                    {
                        received = default(Received);
                        return false;
                    }
                    Monitor.Wait(_lock, (int)leftMs);
                }
                received = _queue.Dequeue();
                _bytes -= received.Cost;
                Monitor.PulseAll(_lock);
                return true;
            }
        }

        /// <summary>Drops everything; nobody waits any more.</summary>
        public void Close()
        {
            lock (_lock)
            {
                _closed = true;
                while (_queue.Count > 0)
                    Drop();
                Monitor.PulseAll(_lock);
            }
        }

        private bool Full(long bytes)
        {
            bool tooLarge = _bytes + bytes > _maxBytes;
            return _queue.Count > 0 && (tooLarge || _queue.Count >= _maxMessages);
        }

        private void Drop()
        {
            Received oldest = _queue.Dequeue();
            _bytes -= oldest.Cost;
            _dropped++;
            oldest.Dispose();
        }
    }
}
