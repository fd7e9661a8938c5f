using System;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// A message with its payloads: views of what came, each with the bytes that the message's
    /// `Buffers` announce. `Message` is null for one of a type that is newer than this client.
    /// </summary>
    public struct Decoded
    {
        public readonly Message Message;
        public readonly ArraySegment<byte>[] Payloads;

        /// <summary>Elements and entries in the header: what takes memory.</summary>
        public readonly int Values;

        public Decoded(Message message, ArraySegment<byte>[] payloads, int values = 0)
        {
            Message = message;
            Payloads = payloads;
            Values = values;
        }
    }
}
