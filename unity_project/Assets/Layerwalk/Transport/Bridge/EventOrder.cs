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
        private const int MostAsked = 3; // times in a row; then events go on without a snapshot

        private readonly Queue<Held> _held = new Queue<Held>();
        private readonly Func<bool> _ask;
        private readonly BridgeOptions _options;
        private long _heldBytes;
        private long _last;
        private bool _wanted; // a snapshot, which is asked for as soon as that can be sent
        private int _asked;
        private long _untilMs = Clock.Never; // when the one under way is given up

        public EventOrder(Func<bool> ask, BridgeOptions options)
        {
            _ask = ask;
            _options = options;
        }

        /// <summary>When `Next` has something to do even if nothing comes.</summary>
        public long UntilMs
        {
            get { return _untilMs; }
        }

        private bool Awaiting
        {
            get { return _untilMs != Clock.Never; }
        }

        /// <summary>A new connection, whose document includes the events up to this one.</summary>
        public void Restart(long last)
        {
            Drop();
            _last = last;
            _wanted = false;
            _asked = 0;
            _untilMs = Clock.Never;
        }

        /// <summary>
        /// Asks for a snapshot, behind one that is under way: that may be older than the gap.
        /// </summary>
        public void Resynchronize()
        {
            _wanted = true;
            Ask();
        }

        /// <summary>A snapshot came; true if it is to be used.</summary>
        public bool Take(Snapshot snapshot)
        {
            bool newer = snapshot.Event >= _last;
            if (newer)
                _last = snapshot.Event;
            _asked = 0;
            _untilMs = Clock.Never;
            return newer;
        }

        /// <summary>
        /// A snapshot came that cannot be read, or none at all: another one is asked for, but not
        /// for ever. Then a document that lacks a change is better than one that stands still.
        /// </summary>
        public void Fail()
        {
            if (!Awaiting)
                return;
            _untilMs = Clock.Never;
            _wanted = _asked < MostAsked;
            if (_wanted)
                return;
            _asked = 0;
            if (_held.Count > 0)
                _last = Math.Max(_last, Number(_held.Peek().Message) - 1);
        }

        /// <summary>An event came, which `Next` gives when it is due.</summary>
        public void Take(Message message, long bytes)
        {
            if (Number(message) <= _last)
                return;
            if (_held.Count > 0 && (_held.Count == _options.MaxHeldEvents
                || _heldBytes + bytes > _options.MaxHeldBytes))
            {
                Drop();
                _wanted = true;
            }
            _held.Enqueue(new Held { Message = message, Bytes = bytes });
            _heldBytes += bytes;
        }

        /// <summary>The next event that is due, or null. A gap asks for a snapshot.</summary>
        public Message Next()
        {
            if (Clock.NowMs >= _untilMs)
                Fail();
            Ask();
            while (!_wanted && !Awaiting && _held.Count > 0)
            {
                long number = Number(_held.Peek().Message);
                if (number > _last + 1)
                {
                    Resynchronize();
                    return null;
                }
                Held next = _held.Dequeue();
                _heldBytes -= next.Bytes;
                if (number == _last + 1)
                {
                    _last = number;
                    return next.Message;
                }
            }
            return null;
        }

        private void Drop()
        {
            _held.Clear();
            _heldBytes = 0;
        }

        private void Ask()
        {
            if (!_wanted || Awaiting || !_ask())
                return;
            _wanted = false;
            _asked++;
            _untilMs = Clock.NowMs + _options.SnapshotTimeoutMs;
        }

        /// <summary>The number of an event, 0 of another message.</summary>
        private static long Number(Message message)
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

        private struct Held
        {
            public Message Message;
            public long Bytes;
        }
    }
}
