using System;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Base of all messages, which never change (nor should the arrays in them). `Buffers`
    /// describes the raw payloads that follow the header.
    /// </summary>
    public abstract class Message
    {
        public readonly BufferInfo[] Buffers;

        protected Message(BufferInfo[] buffers)
        {
            Buffers = buffers ?? Array.Empty<BufferInfo>();
        }

        /// <summary>The message's tag on the wire.</summary>
        public abstract string Type { get; }

        /// <summary>Writes the header: a map with the tag and every field.</summary>
        public abstract void Write(MessagePackWriter writer);
    }
}
