using System;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// A message of the bridge, or, where `Error` is not null, the news that there is no
    /// connection. Dispose it when its payloads are not needed any more: only then the bridge may
    /// send as many bytes of other pages.
    /// </summary>
    public struct BridgeMessage : IDisposable
    {
        private readonly Received _received;
        private readonly CreditAccount _credit;
        private readonly ArraySegment<byte>[] _payloads;

        internal BridgeMessage(Decoded decoded, Received received, CreditAccount credit)
            : this()
        {
            Message = decoded.Message;
            _payloads = decoded.Payloads;
            _received = received;
            _credit = credit;
        }

        internal BridgeMessage(TransportException error)
            : this()
        {
            Error = error;
        }

        /// <summary>What the bridge said; null if this tells of a loss.</summary>
        public Message Message { get; private set; }

        /// <summary>Why there is no connection; tried again unless its kind is `Refused`.</summary>
        public TransportException Error { get; private set; }

        /// <summary>The message with views of its payloads, which end with Dispose.</summary>
        public Decoded Decoded
        {
            get { return new Decoded(Message, _payloads); }
        }

        /// <summary>Gives the buffers back, and to the bridge the credit they took.</summary>
        public void Dispose()
        {
            if (_credit != null && _received.IsLeased)
                _credit.Consumed(Message, _payloads);
            _received.Dispose();
        }
    }
}
