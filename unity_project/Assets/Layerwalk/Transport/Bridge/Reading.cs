using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// A message of the bridge as it was read, or why it could not be. It is read on the
    /// transport's thread: a large one takes longer than a frame.
    /// </summary>
    public sealed class Reading
    {
        private const int ValueBytes = 64; // about what one takes, in mono and in IL2CPP

        /// <summary>The message; none (null) of a type that is newer than this client.</summary>
        public readonly Decoded Decoded;

        /// <summary>Why it could not be read; null if it could.</summary>
        public readonly ProtocolException Error;

        /// <summary>The tag of one that could not be read; "" where it cannot be told.</summary>
        public readonly string Type;

        private Reading(Decoded decoded, ProtocolException error, string type)
        {
            Decoded = decoded;
            Error = error;
            Type = type;
        }

        /// <summary>About what it takes in memory, besides its frames.</summary>
        public long Bytes
        {
            get { return (long)ValueBytes * Decoded.Values; }
        }

        /// <summary>
        /// What reads the messages of one transport, one after the other on one thread.
        /// </summary>
        public static Func<Multipart, Reading> Reader()
        {
            var parts = new List<ArraySegment<byte>>();
            return message =>
            {
                parts.Clear();
                for (int i = 0; i < message.Count; i++)
                    parts.Add(message[i]);
                return Of(parts);
            };
        }

        /// <summary>Of a message whose transport was given a Reader.</summary>
        internal static Reading Of(Received received)
        {
            if (received.Reading == null)
                throw new InvalidOperationException(
                    "the transport did not read a message; make it by Received.Of with its Reader");
            return received.Reading;
        }

        private static Reading Of(List<ArraySegment<byte>> parts)
        {
            try
            {
                return new Reading(Frames.DecodeBridge(parts), null, null);
            }
            catch (ProtocolException error)
            {
                return new Reading(default(Decoded), error, Frames.TypeOf(parts));
            }
        }
    }
}
