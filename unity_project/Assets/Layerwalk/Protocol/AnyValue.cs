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

        internal static readonly ReadElement<object> Element = Read;

        public static object Read(ref MessagePackReader reader)
        {
            return Read(ref reader, 0);
        }

        public static void Write(MessagePackWriter writer, object value)
        {
            Write(writer, value, 0);
        }

        static object Read(ref MessagePackReader reader, int depth)
        {
            if (depth > MaxDepth)
            {
                throw reader.Wrong("is nested deeper than " + MaxDepth);
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
                case Kind.Array: return ReadArray(ref reader, depth);
                case Kind.Map: return ReadMap(ref reader, depth);
                default: throw reader.Wrong("holds " + Kinds.Words(reader.Peek()));
            }
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

        // Lists grow as elements come: a count on the wire is no reason to allocate.
        static object[] ReadArray(ref MessagePackReader reader, int depth)
        {
            int count = reader.ReadArrayHeader();
            var elements = new List<object>();
            for (int i = 0; i < count; i++)
            {
                elements.Add(Read(ref reader, depth + 1));
            }
            return elements.ToArray();
        }

        static Map<object> ReadMap(ref MessagePackReader reader, int depth)
        {
            int count = reader.ReadMapHeader();
            var map = new Map<object>.Builder();
            for (int i = 0; i < count; i++)
            {
                string key = reader.ReadString();
                map.Set(key, Read(ref reader, depth + 1));
            }
            return map.Build();
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
