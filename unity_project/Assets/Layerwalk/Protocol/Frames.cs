using System;
using System.Collections.Generic;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Frames: a MessagePack header and raw buffers, as parts of a ZeroMQ message, or behind the
    /// offset table of a WebSocket message. The same arithmetic as `layerwalk/protocol/frames.py`.
    /// </summary>
    public static class Frames
    {
        const ulong MostElements = long.MaxValue; // what numpy can count

        static readonly ArraySegment<byte>[] NoPayloads = new ArraySegment<byte>[0];
        static readonly Fields Tag = new Fields("message", 1, "type");

        /// <summary>The bridge's message in `parts`, and views of its payloads.</summary>
        public static Decoded DecodeBridge(IList<ArraySegment<byte>> parts)
        {
            MessagePackReader reader = Header(parts, WireFormat.MaxHeaderBytes);
            return Decode(parts, Messages.ReadBridge(MessageType(reader), ref reader), reader);
        }

        /// <summary>The tag of the message in `parts`; "" where it cannot be told.</summary>
        public static string TypeOf(IList<ArraySegment<byte>> parts)
        {
            try
            {
                return MessageType(Header(parts, WireFormat.MaxHeaderBytes));
            }
            catch (ProtocolException)
            {
                return "";
            }
        }

        /// <summary>A client's message in `parts`, and views of its payloads.</summary>
        public static Decoded DecodeClient(IList<ArraySegment<byte>> parts)
        {
            MessagePackReader reader = Header(parts, WireFormat.MaxClientHeaderBytes);
            return Decode(parts, Messages.ReadClient(MessageType(reader), ref reader), reader);
        }

        /// <summary>
        /// Parts of `message`: its header, of which `writer` holds the bytes until it is used
        /// again, then `payloads`, which have to be what the message's `Buffers` say.
        /// </summary>
        public static ArraySegment<byte>[] Encode(
            MessagePackWriter writer, Message message, params ArraySegment<byte>[] payloads)
        {
            Check(message.Buffers, payloads);
            writer.Clear();
            message.Write(writer);
            var parts = new ArraySegment<byte>[1 + payloads.Length];
            parts[0] = writer.Written;
            payloads.CopyTo(parts, 1);
            return parts;
        }

        /// <summary>The parts of one WebSocket message, as views.</summary>
        public static ArraySegment<byte>[] Split(ArraySegment<byte> message)
        {
            if (message.Count < 4)
            {
                throw new ProtocolException("message", "of " + message.Count
                    + " bytes has no table of parts");
            }
            uint count = UInt32At(message, 0);
            if (count < 1 || count > WireFormat.MaxParts || 4 + 8 * count > message.Count)
            {
                throw new ProtocolException("message", "has 1 to " + WireFormat.MaxParts
                    + " parts, this one says " + count);
            }
            var parts = new ArraySegment<byte>[count];
            for (int i = 0; i < parts.Length; i++)
            {
                long offset = UInt32At(message, 4 + 8 * i);
                long length = UInt32At(message, 8 + 8 * i);
                if (offset + length > message.Count || offset < 4 + 8 * count
                    || offset % WireFormat.Alignment != 0)
                {
                    throw new ProtocolException("part " + i, "at " + offset + " + " + length
                        + " is outside its message");
                }
                int begin = message.Offset + (int)offset;
                parts[i] = new ArraySegment<byte>(message.Array, begin, (int)length);
            }
            return parts;
        }

        /// <summary>One WebSocket message made of `parts`, with one copy.</summary>
        public static byte[] Join(IList<ArraySegment<byte>> parts)
        {
            long size = Aligned(4 + 8 * parts.Count);
            for (int i = 0; i < parts.Count; i++)
            {
                size = Aligned(size + parts[i].Count);
            }
            if (size > int.MaxValue)
            {
                throw new ProtocolException("message", "of " + size + " bytes; at most "
                    + int.MaxValue + " fit an array");
            }
            var message = new byte[size];
            PutUInt32(message, 0, parts.Count);
            int end = (int)Aligned(4 + 8 * parts.Count);
            for (int i = 0; i < parts.Count; i++)
            {
                PutUInt32(message, 4 + 8 * i, end);
                PutUInt32(message, 8 + 8 * i, parts[i].Count);
                Copy(parts[i], message, end);
                end = (int)Aligned(end + parts[i].Count);
            }
            return message;
        }

        static MessagePackReader Header(IList<ArraySegment<byte>> parts, int mostBytes)
        {
            if (parts.Count < 1 || parts.Count > WireFormat.MaxParts)
            {
                throw new ProtocolException("message", "has 1 to " + WireFormat.MaxParts
                    + " parts, this one " + parts.Count);
            }
            if (parts[0].Count > mostBytes)
            {
                throw new ProtocolException("header", "of " + parts[0].Count + " bytes; at most "
                    + mostBytes + " are read");
            }
            return new MessagePackReader(parts[0]);
        }

        /// <summary>The tag of a header, wherever it stands; `reader` is a copy.</summary>
        static string MessageType(MessagePackReader reader)
        {
            FieldCursor cursor = reader.BeginFields(Tag);
            while (reader.NextField(Tag, ref cursor))
            {
                if (cursor.Field == 0)
                {
                    return reader.ReadString();
                }
                reader.Skip();
            }
            return ""; // never: NextField throws where a required field did not come
        }

        static Decoded Decode(
            IList<ArraySegment<byte>> parts, Message message, MessagePackReader reader)
        {
            if (message == null)
            {
                return new Decoded(null, NoPayloads);
            }
            reader.End();
            if (parts.Count == 1 && message.Buffers.Length == 0)
            {
                return new Decoded(message, NoPayloads, reader.Values);
            }
            var payloads = new ArraySegment<byte>[parts.Count - 1];
            for (int i = 0; i < payloads.Length; i++)
            {
                payloads[i] = parts[i + 1];
            }
            Check(message.Buffers, payloads);
            return new Decoded(message, payloads, reader.Values);
        }

        static void Check(BufferInfo[] buffers, ArraySegment<byte>[] payloads)
        {
            if (buffers.Length != payloads.Length)
            {
                throw new ProtocolException("header", "announces " + buffers.Length + " buffers, "
                    + payloads.Length + " came");
            }
            for (int i = 0; i < buffers.Length; i++)
            {
                Check(buffers[i], payloads[i].Count);
            }
        }

        static void Check(BufferInfo buffer, int bytes)
        {
            long[] shape = buffer.Shape;
            bool odd = Array.Exists(shape, size => size < 0 || size > uint.MaxValue);
            if (odd || shape.Length > WireFormat.MaxDimensions)
            {
                throw new ProtocolException("buffer", "has no shape; up to "
                    + WireFormat.MaxDimensions + " sizes from 0 to " + uint.MaxValue + " are");
            }
            ulong needed = buffer.Dtype == BufferDtype.Uint8 ? 1u : 4u;
            foreach (long size in shape)
            {
                // Zeros aside, as in numpy: no elements may still be more strides than it counts.
                if (size > 0 && needed > MostElements / (ulong)size)
                {
                    throw new ProtocolException("buffer", "has too large a shape");
                }
                needed *= size > 0 ? (ulong)size : 1;
            }
            needed = Array.IndexOf(shape, 0L) >= 0 ? 0 : needed;
            if (needed != (ulong)bytes)
            {
                throw new ProtocolException("buffer", "of " + bytes + " bytes; its shape has "
                    + needed);
            }
        }

        static uint UInt32At(ArraySegment<byte> bytes, int at)
        {
            byte[] array = bytes.Array;
            at += bytes.Offset;
            int low = array[at] | array[at + 1] << 8;
            int high = array[at + 2] | array[at + 3] << 8;
            return (uint)low | (uint)high << 16;
        }

        static void PutUInt32(byte[] bytes, int at, int value)
        {
            for (int i = 0; i < 4; i++)
            {
                bytes[at + i] = (byte)(value >> 8 * i);
            }
        }

        static void Copy(ArraySegment<byte> part, byte[] target, int at)
        {
            if (part.Count > 0) // an empty part may have no array
            {
                System.Buffer.BlockCopy(part.Array, part.Offset, target, at, part.Count);
            }
        }

        static long Aligned(long offset)
        {
            return Packing.CeilingOf(offset, WireFormat.Alignment) * WireFormat.Alignment;
        }
    }
}
