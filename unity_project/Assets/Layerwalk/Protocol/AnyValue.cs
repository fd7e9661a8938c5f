using System;
using System.Collections.Generic;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// A value of the shared document: null, bool, long, ulong (above what a long holds), double,
    /// string, byte[], object[], or Map of them.
    /// </summary>
    public static class AnyValue
    {
        /// <summary>How deep arrays and maps may stand in each other.</summary>
        public const int MaxDepth = 64;

        /// <summary>Of a message: a document with more is not a bridge's.</summary>
        public const int MaxValues = 1 << 18;

        internal static readonly ReadElement<object> Element = Read;

        public static object Read(ref MessagePackReader reader)
        {
            if (reader.Any.Depth > MaxDepth)
            {
                throw reader.Wrong("is nested deeper than " + MaxDepth);
            }
            if (++reader.Any.Values > MaxValues)
            {
                throw reader.Wrong("brings the message to more than " + MaxValues + " values");
            }
            switch (reader.Peek())
            {
                case Kind.Nil:
                    reader.TryReadNil();
                    return null;
                case Kind.Bool: return reader.ReadBool();
                case Kind.Integer: return ReadInteger(ref reader);
                case Kind.Float: return reader.ReadDouble();
                case Kind.Text: return reader.ReadString();
                case Kind.Binary: return ReadBinary(ref reader);
                case Kind.Array:
                case Kind.Map:
                    return ReadInside(ref reader);
                default: throw reader.Wrong("holds " + Kinds.Words(reader.Peek()));
            }
        }

        public static void Write(MessagePackWriter writer, object value)
        {
            Write(writer, value, 0);
        }

        static object ReadInside(ref MessagePackReader reader)
        {
            reader.Any.Depth++;
            object inside = reader.Peek() == Kind.Array
                ? (object)reader.ReadArray(Element) : reader.ReadMap(Element);
            reader.Any.Depth--;
            return inside;
        }

        static object ReadInteger(ref MessagePackReader reader)
        {
            ulong bits;
            bool negative = reader.ReadInteger(out bits);
            return negative || bits <= long.MaxValue ? (object)(long)bits : bits;
        }

        static byte[] ReadBinary(ref MessagePackReader reader)
        {
            ArraySegment<byte> view = reader.ReadBinary();
            var bytes = new byte[view.Count];
            System.Buffer.BlockCopy(view.Array, view.Offset, bytes, 0, bytes.Length);
            return bytes;
        }

        static void Write(MessagePackWriter writer, object value, int depth)
        {
            if (depth > MaxDepth)
            {
                throw new ProtocolException("value", "is nested deeper than " + MaxDepth);
            }
            var elements = value as object[];
            var map = value as Map<object>;
            if (elements != null)
            {
                writer.WriteArrayHeader(elements.Length);
                foreach (object element in elements)
                {
                    Write(writer, element, depth + 1);
                }
            }
            else if (map != null)
            {
                writer.WriteMapHeader(map.Count);
                foreach (KeyValuePair<string, object> entry in map.Entries)
                {
                    writer.Write(entry.Key);
                    Write(writer, entry.Value, depth + 1);
                }
            }
            else
            {
                WriteSimple(writer, value);
            }
        }

        static void WriteSimple(MessagePackWriter writer, object value)
        {
            if (value == null) { writer.WriteNil(); }
            else if (value is bool) { writer.Write((bool)value); }
            else if (value is int) { writer.Write((long)(int)value); }
            else if (value is long) { writer.Write((long)value); }
            else if (value is ulong) { writer.Write((ulong)value); }
            else if (value is float) { writer.Write((double)(float)value); }
            else if (value is double) { writer.Write((double)value); }
            else if (value is string) { writer.Write((string)value); }
            else if (value is byte[]) { writer.WriteBinary((byte[])value); }
            else { throw new ProtocolException("value", "is a " + value.GetType()
                + ", which has no form on the wire"); }
        }
    }
}
