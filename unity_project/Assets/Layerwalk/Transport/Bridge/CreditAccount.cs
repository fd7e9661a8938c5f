using System;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// The credit of one connection: what was consumed is granted anew, a quarter at a time. Pages
    /// of an older connection count for nothing: that credit ended with it.
    /// </summary>
    internal sealed class CreditAccount
    {
        private readonly long _bytes;
        private readonly Func<Message, bool> _send;
        private long _consumed;
        private long _run;
        private bool _dealtWith;

        public CreditAccount(long bytes, Func<Message, bool> send)
        {
            _bytes = bytes;
            _send = send;
        }

        /// <summary>Grants the first credit, once the bridge has welcomed us.</summary>
        public void Open()
        {
            _send(new Credit(_bytes));
        }

        /// <summary>The connection is over.</summary>
        public bool Closed { get; set; }

        /// <summary>Whoever received this has dealt with it.</summary>
        public void Consumed(Message message, ArraySegment<byte>[] payloads)
        {
            if (Closed)
                return;
            var placed = message as InputPlaced;
            if (placed != null && placed.Run > _run)
            {
                _run = placed.Run;
                _dealtWith = true;
            }
            if (message is Pages)
                foreach (ArraySegment<byte> payload in payloads)
                    _consumed += payload.Count;
            // The bridge holds the next run back until it hears that we are done with this one.
            if ((_dealtWith || _consumed >= _bytes / 4) && _send(new Credit(_consumed, _run)))
            {
                _consumed = 0;
                _dealtWith = false;
            }
        }
    }
}
