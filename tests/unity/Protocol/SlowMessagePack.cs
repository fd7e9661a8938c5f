using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Layerwalk.Protocol;

namespace Layerwalk.Tests
{
    /// <summary>
    /// MessagePack as its specification reads, without any thought of speed: what the writer has to
    /// agree with.
    /// </summary>
    static class SlowMessagePack
    {
        public static IEnumerable<byte> Encode(object value)
        {
            if (value == null) { return new byte[] { 0xc0 }; }
            if (value is bool) { return new[] { (bool)value ? (byte)0xc3 : (byte)0xc2 }; }
            if (value is long && (long)value < 0) { return Negative((long)value); }
            if (value is long) { return Positive((ulong)(long)value); }
            if (value is ulong) { return Positive((ulong)value); }
            if (value is double)
            {
                byte[] bits = BitConverter.GetBytes((double)value);
                return new byte[] { 0xcb }.Concat(bits.Reverse());
            }
            if (value is string)
            {
                byte[] text = Encoding.UTF8.GetBytes((string)value);
                return Head(text.Length, 32, 0xa0, 0xd9, 0xda, 0xdb).Concat(text);
            }
            if (value is byte[])
            {
                var bytes = (byte[])value;
                return Head(bytes.Length, 0, 0, 0xc4, 0xc5, 0xc6).Concat(bytes);
            }
            if (value is object[])
            {
                var elements = (object[])value;
                return Head(elements.Length, 16, 0x90, 0, 0xdc,
                    0xdd).Concat(elements.SelectMany(Encode));
            }
            var map = (Map<object>)value;
            IEnumerable<byte> entries = map.Entries.SelectMany(e =>
                Encode(e.Key).Concat(Encode(e.Value)));
            return Head(map.Count, 16, 0x80, 0, 0xde, 0xdf).Concat(entries);
        }

        public static object RandomValue(Random chance, int depth)
        {
            switch (chance.Next(depth < 3 ? 8 : 6))
            {
                case 0: return null;
                case 1: return chance.Next(2) == 0;
                case 2: return RandomInteger(chance);
                case 3: return chance.NextDouble() * Math.Pow(10, chance.Next(-300, 300));
                case 4: return new string('ü', chance.Next(10))
                    + new string('x', RandomLength(chance));
                case 5: return new byte[RandomLength(chance)];
                case 6:
                    var elements = new object[chance.Next(20)];
                    return Array.ConvertAll(elements, _ => RandomValue(chance, depth + 1));
                default:
                    var map = new Map<object>.Builder();
                    for (int i = chance.Next(20); i > 0; i--)
                    {
                        map.Set("key" + i, RandomValue(chance, depth + 1));
                    }
                    return map.Build();
            }
        }

        static object RandomInteger(Random chance)
        {
            var bytes = new byte[8];
            chance.NextBytes(bytes);
            long value = BitConverter.ToInt64(bytes, 0) >> chance.Next(64);
            ulong large = ulong.MaxValue - (ulong)chance.Next(1000);
            return chance.Next(9) == 0 ? (object)large : value;
        }

        static int RandomLength(Random chance)
        {
            return chance.Next(40) == 0 ? chance.Next(70000) : chance.Next(40);
        }

        static IEnumerable<byte> Positive(ulong value)
        {
            if (value < 128) { return new[] { (byte)value }; }
            if (value < 256) { return Coded(0xcc, value, 1); }
            if (value < 65536) { return Coded(0xcd, value, 2); }
            return value < 4294967296 ? Coded(0xce, value, 4) : Coded(0xcf, value, 8);
        }

        static IEnumerable<byte> Negative(long value)
        {
            if (value >= -32) { return new[] { (byte)(256 + value) }; }
            if (value >= -128) { return Coded(0xd0, (ulong)value, 1); }
            if (value >= -32768) { return Coded(0xd1, (ulong)value, 2); }
            return value >= -2147483648 ? Coded(0xd2, (ulong)value, 4)
                : Coded(0xd3, (ulong)value, 8);
        }

        /// <summary>A length; a code of 0 says that there is no such form.</summary>
        static IEnumerable<byte> Head(int length, int few, int inCode, byte one, byte two,
            byte four)
        {
            if (length < few) { return new[] { (byte)(inCode + length) }; }
            if (length < 256 && one != 0) { return Coded(one, (ulong)length, 1); }
            return length < 65536 ? Coded(two, (ulong)length, 2) : Coded(four, (ulong)length, 4);
        }

        static IEnumerable<byte> Coded(byte code, ulong value, int size)
        {
            var bytes = new List<byte> { code };
            for (int i = size - 1; i >= 0; i--)
            {
                bytes.Add((byte)(value >> 8 * i));
            }
            return bytes;
        }
    }
}
