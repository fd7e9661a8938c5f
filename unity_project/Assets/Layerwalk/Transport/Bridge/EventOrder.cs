using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Puts events and snapshots in an order in which each event applies to what came before: while
    /// a snapshot is under way events wait, and those that it includes are left out.
    /// </summary>
    internal sealed class EventOrder
    {
        private readonly Queue<Message> _held = new Queue<Message>();
        private readonly Func<bool> _ask;
        private readonly int _maxHeld;
        private long _last;
        private bool _awaiting;

        public EventOrder(Func<bool> ask, int maxHeld)
        {
            _ask = ask;
            _maxHeld = maxHeld;
        }

        /// <summary>A new connection, whose document includes the events up to this one.</summary>
        public void Restart(long last)
        {
            _held.Clear();
            _last = last;
            _awaiting = false;
        }

        /// <summary>Asks for a snapshot, unless one is under way.</summary>
        public void Resynchronize()
        {
            if (!_awaiting)
                _awaiting = _ask();
        }

        /// <summary>A snapshot came; true if it is to be used.</summary>
        public bool Take(Snapshot snapshot)
        {
            bool newer = snapshot.Event >= _last;
            if (newer)
                _last = snapshot.Event;
            _awaiting = false;
            return newer;
        }

        /// <summary>An event came, which `Next` gives when it is due.</summary>
        public void Take(Message message, long number)
        {
            if (number <= _last)
                return;
            if (_held.Count == _maxHeld)
            {
                _held.Clear();
                _awaiting = false;
            }
            _held.Enqueue(message);
        }

        /// <summary>The next event that is due, or null. A gap asks for a snapshot.</summary>
        public Message Next()
        {
            while (!_awaiting && _held.Count > 0)
            {
                long number = Number(_held.Peek());
                if (number > _last + 1)
                {
                    Resynchronize();
                    return null;
                }
                Message next = _held.Dequeue();
                if (number == _last + 1)
                {
                    _last = number;
                    return next;
                }
            }
            return null;
        }

        /// <summary>The number of an event, 0 of another message.</summary>
        public static long Number(Message message)
        {
            var changed = message as DocumentChanged;
            if (changed != null)
                return changed.Number;
            var started = message as RunStarted;
            if (started != null)
                return started.Number;
            var finished = message as RunFinished;
            if (finished != null)
                return finished.Number;
            var viewers = message as ViewersChanged;
            return viewers == null ? 0 : viewers.Number;
        }
    }
}
