using System;
using System.Collections.Generic;
using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>
    /// A SUB, for a PUB. When the queue is full the oldest is dropped, and counted in `Dropped`:
    /// so does a PUB, and whoever hears events finds by their numbers what is missing.
    /// </summary>
    public sealed class SubscriberSocket : ZmtpSocket
    {
        private const byte Subscription = 1;
        private const byte Cancellation = 0;
        private static readonly string[] Peers = { "PUB", "XPUB" };

        private readonly object _lock = new object();
        private readonly List<string> _topics = new List<string>();
        private OutboundQueue _current;

        /// <summary>
        /// A socket that is not started yet. Throws TransportException for no endpoint.
        /// </summary>
        public SubscriberSocket(string endpoint, ZmtpSecurity security, ZmtpOptions options)
            : base("SUB", Peers, endpoint, security, options, true)
        {
        }

        /// <summary>
        /// Hears messages that begin with `topic` ("": all), on every connection.
        /// </summary>
        public void Subscribe(string topic)
        {
            lock (_lock)
            {
                if (_topics.Contains(topic))
                    return;
                _topics.Add(topic);
                Tell(_current, Subscription, topic);
            }
        }

        /// <summary>Does not hear them any more.</summary>
        public void Unsubscribe(string topic)
        {
            lock (_lock)
                if (_topics.Remove(topic))
                    Tell(_current, Cancellation, topic);
        }

        /// <summary>Answers false: a SUB only receives.</summary>
        public override bool Send(IReadOnlyList<ArraySegment<byte>> frames)
        {
            return false;
        }

        internal override void Begun(OutboundQueue outbound)
        {
            lock (_lock)
            {
                _current = outbound;
                foreach (string topic in _topics)
                    Tell(outbound, Subscription, topic);
            }
        }

        private void Tell(OutboundQueue outbound, byte what, string topic)
        {
            var frame = new byte[1 + Encoding.UTF8.GetByteCount(topic)];
            frame[0] = what;
            Encoding.UTF8.GetBytes(topic, 0, topic.Length, frame, 1);
            if (outbound != null)
                SendNow(outbound, new ArraySegment<byte>(frame));
        }
    }
}
