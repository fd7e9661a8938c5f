using System;
using System.Collections.Generic;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// What is to be sent on one connection: messages, bounded, and the last PONG due.
    /// </summary>
    internal sealed class OutboundQueue
    {
        private const int MaxContextBytes = 16;

        private readonly object _lock = new object();
        private readonly Queue<Multipart> _queue = new Queue<Multipart>();
        private readonly byte[] _context = new byte[MaxContextBytes];
        private readonly long _maxBytes;
        private int _contextBytes = -1;
        private long _bytes;
        private bool _closed;
        private bool _idle; // all was handed to the system

        public OutboundQueue(long maxBytes)
        {
            _maxBytes = maxBytes;
        }

        /// <summary>Whether the connection is over.</summary>
        public bool Closed
        {
            get
            {
                lock (_lock)
                    return _closed;
            }
        }

        /// <summary>Adds a message; false if there is no room, or no connection any more.</summary>
        public bool TryAdd(Multipart message)
        {
            lock (_lock)
            {
                bool full = _bytes > 0 && _bytes + message.Bytes > _maxBytes;
                if (_closed || full)
                    return false;
                _queue.Enqueue(message);
                _idle = false;
                _bytes += message.Bytes;
                Monitor.PulseAll(_lock);
                return true;
            }
        }

        /// <summary>
        /// A PONG is due. One that was not sent yet is replaced: a flood costs nothing.
        /// </summary>
        public void Pong(byte[] bytes, int offset, int count)
        {
            lock (_lock)
            {
                _contextBytes = Math.Min(count, MaxContextBytes);
                Buffer.BlockCopy(bytes, offset, _context, 0, _contextBytes);
                Monitor.PulseAll(_lock);
            }
        }

        /// <summary>
        /// The bytes of the PONG that is due, behind `offset`; -1 if there is none.
        /// </summary>
        public int TakePong(byte[] target, int offset)
        {
            lock (_lock)
            {
                int count = _contextBytes;
                _contextBytes = -1;
                if (count > 0)
                    Buffer.BlockCopy(_context, 0, target, offset, count);
                return count;
            }
        }

        /// <summary>The next message, or null.</summary>
        public Multipart Take()
        {
            lock (_lock)
                return _queue.Count > 0 ? _queue.Dequeue() : null;
        }

        /// <summary>The message was handed to the system, so that there is room again.</summary>
        public void Sent(long bytes)
        {
            lock (_lock)
                _bytes -= bytes;
        }

        /// <summary>
        /// Waits until there is something to send, or until then; for who has written what it took.
        /// </summary>
        public void Wait(long untilMs)
        {
            lock (_lock)
            {
                _idle = _queue.Count == 0;
                Monitor.PulseAll(_lock);
                long leftMs = Math.Min(untilMs - Clock.NowMs, 60000);
                if (_queue.Count == 0 && _contextBytes < 0 && !_closed && leftMs > 0)
                    Monitor.Wait(_lock, (int)leftMs);
            }
        }

        /// <summary>
        /// Waits until all was handed to the system, the connection is over, or until then.
        /// </summary>
        public void AwaitSent(long untilMs)
        {
            lock (_lock)
                while (!_idle && !_closed && Clock.NowMs < untilMs)
                    Monitor.Wait(_lock, (int)(untilMs - Clock.NowMs) + 1);
        }

        /// <summary>The connection is over; what was not sent never will be.</summary>
        public void Close()
        {
            lock (_lock)
            {
                _closed = true;
                while (_queue.Count > 0)
                {
                    Multipart message = _queue.Dequeue();
                    message.Release(message.Lease);
                }
                Monitor.PulseAll(_lock);
            }
        }
    }
}
