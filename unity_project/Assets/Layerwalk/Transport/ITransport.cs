using System;
using System.Collections.Generic;

namespace Layerwalk.Transport
{
    /// <summary>
    /// One connection to a ZeroMQ socket, as the rest of the client sees it. Whoever would rather
    /// use NetMQ or another library implements this. All members are for one thread, the main one;
    /// but Dispose, which may wait, can be called on another one after all the others.
    /// </summary>
    public interface ITransport : IDisposable
    {
        /// <summary>What the connection is doing now.</summary>
        TransportState State { get; }

        /// <summary>
        /// Why there was no connection the last time; null if nothing was wrong yet.
        /// </summary>
        TransportException Error { get; }

        /// <summary>
        /// Something can be received. Called on another thread, and must be quick.
        /// </summary>
        event Action Arrived;

        /// <summary>
        /// Reads every message on the transport's own thread, before it waits to be received; see
        /// Received.Of. Null: nobody does. To be set before Start.
        /// </summary>
        Func<Multipart, Reading> Reader { get; set; }

        /// <summary>Begins to connect, and to connect again after every loss.</summary>
        void Start();

        /// <summary>
        /// The next message, beginning or loss of a connection, in the order in which they
        /// happened. Waits at most so many milliseconds for one. Dispose what was received: its
        /// buffers are used again.
        /// </summary>
        bool TryReceive(out Received received, int timeoutMs);

        /// <summary>
        /// Sends one message; its bytes are copied. False, and nothing is sent, while there is no
        /// connection whose beginning was received, and while too much waits to be sent.
        /// </summary>
        bool Send(IReadOnlyList<ArraySegment<byte>> frames);
    }
}
