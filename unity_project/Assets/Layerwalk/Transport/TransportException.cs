using System;

namespace Layerwalk.Transport
{
    /// <summary>What kind of thing went wrong.</summary>
    public enum TransportFault
    {
        /// <summary>There is nobody at the endpoint, or it is none.</summary>
        Unreachable,

        /// <summary>The connection ended.</summary>
        Lost,

        /// <summary>The peer said nothing, or too little, for too long.</summary>
        Silent,

        /// <summary>What came is not ZMTP, or more than is read.</summary>
        Protocol,

        /// <summary>The peer does not accept the token or the key.</summary>
        Refused,

        /// <summary>The transport was stopped.</summary>
        Stopped,
    }

    /// <summary>Why there is no connection (any more), and what to do about it.</summary>
    public sealed class TransportException : Exception
    {
        /// <summary>
        /// An error with its kind; the message names the thing, the fact, the remedy.
        /// </summary>
        public TransportException(TransportFault fault, string message)
            : base(message)
        {
            Fault = fault;
        }

        /// <summary>The kind of error.</summary>
        public TransportFault Fault { get; private set; }
    }
}
