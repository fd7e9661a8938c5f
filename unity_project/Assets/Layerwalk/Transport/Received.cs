using System;
using System.Collections;
using System.Collections.Generic;

namespace Layerwalk.Transport
{
    /// <summary>What a transport tells of.</summary>
    public enum ReceivedKind
    {
        /// <summary>A message came.</summary>
        Message,

        /// <summary>A connection began: from now on messages can be sent.</summary>
        Connected,

        /// <summary>
        /// The connection ended, or did not come about; `Error` says why. It is tried again,
        /// without a word until it succeeds, unless the error's kind is `Refused`.
        /// </summary>
        Lost,
    }

    /// <summary>
    /// A message with its frames, or news of the connection. The frames lie in buffers that are
    /// used again after Dispose; then they cannot be read any more.
    /// </summary>
    public struct Received : IReadOnlyList<ArraySegment<byte>>, IDisposable
    {
        private readonly Multipart _message;
        private readonly int _lease;

        private Received(
            ReceivedKind kind, Multipart message, OutboundQueue outbound, TransportException error)
            : this()
        {
            Outbound = outbound;
            Kind = kind;
            Error = error;
            _message = message;
            _lease = message == null ? 0 : message.Lease;
        }

        /// <summary>What this tells of.</summary>
        public ReceivedKind Kind { get; private set; }

        /// <summary>Why there is no connection, of `Lost`.</summary>
        public TransportException Error { get; private set; }

        /// <summary>The message as the transport's Reader read it; null without one.</summary>
        public Reading Reading { get; private set; }

        /// <summary>How many frames the message has.</summary>
        public int Count
        {
            get { return _message == null ? 0 : Leased.Count; }
        }

        /// <summary>The bytes of all frames.</summary>
        public long Bytes
        {
            get { return _message == null ? 0 : Leased.Bytes; }
        }

        /// <summary>One frame.</summary>
        public ArraySegment<byte> this[int index]
        {
            get { return Leased[index]; }
        }

        /// <summary>What it takes in memory while it waits.</summary>
        internal long Cost
        {
            get { return Bytes + (Reading == null ? 0 : Reading.Bytes); }
        }

        /// <summary>Where the messages of the connection that began go.</summary>
        internal OutboundQueue Outbound { get; private set; }

        /// <summary>Whether this is a message that was not disposed yet.</summary>
        internal bool IsLeased
        {
            get { return _message != null && _message.Lease == _lease; }
        }

        private Multipart Leased
        {
            get
            {
                if (!IsLeased)
                    throw new ObjectDisposedException(
                        "Received", "this message was disposed; read or copy its frames before");
                return _message;
            }
        }

        /// <summary>A message that came, read by the transport's Reader, if it has one.</summary>
        public static Received Of(Multipart message, Func<Multipart, Reading> reader)
        {
            Reading reading = reader == null ? null : reader(message);
            return new Received(ReceivedKind.Message, message, null, null) { Reading = reading };
        }

        /// <summary>The news that a connection began.</summary>
        public static Received Connected()
        {
            return Connected(null);
        }

        internal static Received Connected(OutboundQueue outbound)
        {
            return new Received(ReceivedKind.Connected, null, outbound, null);
        }

        /// <summary>The news that there is no connection.</summary>
        public static Received Lost(TransportException error)
        {
            return new Received(ReceivedKind.Lost, null, null, error);
        }

        /// <summary>Gives the buffers back. May be called again.</summary>
        public void Dispose()
        {
            if (_message != null)
                _message.Release(_lease);
        }

        /// <summary>The frames, one after the other; allocates, unlike the index.</summary>
        public IEnumerator<ArraySegment<byte>> GetEnumerator()
        {
            for (int i = 0; i < Count; i++)
                yield return this[i];
        }

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }
    }
}
