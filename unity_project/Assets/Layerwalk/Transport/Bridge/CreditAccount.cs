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
        private const string Type = "pages"; // what costs credit

        private readonly long _bytes;
        private readonly Func<Message, bool> _send;
        private long _owed;
        private long _run;
        private bool _dealtWith;

        public CreditAccount(long bytes, Func<Message, bool> send)
        {
            _bytes = bytes;
            _send = send;
        }

        /// <summary>The connection is over.</summary>
        public bool Closed { get; set; }

        /// <summary>Grants the first credit, once the bridge has welcomed us.</summary>
        public void Open()
        {
            _owed = _bytes;
            Grant();
        }

        /// <summary>Whoever received this has dealt with it.</summary>
        public void Consumed(Message message, ArraySegment<byte>[] payloads)
        {
            var placed = message as InputPlaced;
            if (placed != null && placed.Run > _run)
            {
                _run = placed.Run;
                _dealtWith = true;
            }
            if (message is Pages)
                foreach (ArraySegment<byte> payload in payloads)
                    _owed += payload.Count;
            Grant();
        }

        /// <summary>
        /// Of a message that cannot be read. If its type cannot be either, it was taken for pages:
        /// hardly anything else has payloads, and credit that is lost never comes back.
        /// </summary>
        public void Unreadable(string type, Received received)
        {
            for (int i = 1; i < received.Count && (type == "" || type == Type); i++)
                _owed += received[i].Count;
            Grant();
        }

        /// <summary>Grants what is owed, if that is enough, and if it can be sent now.</summary>
        public void Grant()
        {
            // The bridge holds the next run back until it hears that we are done with this one.
            bool due = _dealtWith || (_owed > 0 && _owed >= _bytes / 4);
            if (Closed || !due || !_send(new Credit(_owed, _run)))
                return;
            _owed = 0;
            _dealtWith = false;
        }
    }
}
