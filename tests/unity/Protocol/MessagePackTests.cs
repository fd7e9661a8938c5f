using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Reader and writer against the specification and a slow reference.</summary>
    [TestFixture]
    public sealed class MessagePackTests
    {
        [TestCase(0L, "00")]
        [TestCase(127L, "7f")]
        [TestCase(128L, "cc80")]
        [TestCase(255L, "ccff")]
        [TestCase(256L, "cd0100")]
        [TestCase(65535L, "cdffff")]
        [TestCase(65536L, "ce00010000")]
        [TestCase(4294967295L, "ceffffffff")]
        [TestCase(4294967296L, "cf0000000100000000")]
        [TestCase(long.MaxValue, "cf7fffffffffffffff")]
        [TestCase(-1L, "ff")]
        [TestCase(-32L, "e0")]
        [TestCase(-33L, "d0df")]
        [TestCase(-128L, "d080")]
        [TestCase(-129L, "d1ff7f")]
        [TestCase(-32768L, "d18000")]
        [TestCase(-32769L, "d2ffff7fff")]
        [TestCase(-2147483648L, "d280000000")]
        [TestCase(-2147483649L, "d3ffffffff7fffffff")]
        [TestCase(long.MinValue, "d38000000000000000")]
        public void IntegersHaveTheShortestForm(long value, string hex)
        {
            Assert.That(Hex(Written(w => w.Write(value))), Is.EqualTo(hex));
            Assert.That(Reader(hex).ReadInt64(), Is.EqualTo(value));
            Assert.That(Reader(hex).ReadDouble(), Is.EqualTo((double)value));
        }

        [TestCase("cd0001", 1L)]
        [TestCase("cf0000000000000001", 1L)]
        [TestCase("d001", 1L)]
        [TestCase("d30000000000000001", 1L)]
        [TestCase("d3ffffffffffffffff", -1L)]
        public void LongerFormsAreReadAsWell(string hex, long value)
        {
            Assert.That(Reader(hex).ReadInt64(), Is.EqualTo(value));
        }

        [Test]
        public void WhatAnInt64CannotHoldIsRefused()
        {
            var error = Assert.Throws<ProtocolException>(() =>
                Reader("cf8000000000000000").ReadInt64());
            Assert.That(error.Message, Is.StringContaining("9223372036854775808"));
            Assert.That(Reader("cfffffffffffffffff").ReadDouble(),
                Is.EqualTo(18446744073709551615.0));
            Assert.That(Value("cfffffffffffffffff"), Is.EqualTo(ulong.MaxValue));
            Assert.That(Value("cf7fffffffffffffff"), Is.EqualTo(long.MaxValue));
        }

        [TestCase("c3")]
        [TestCase("ca3f800000")]
        [TestCase("cb3ff0000000000000")]
        [TestCase("a131")]
        [TestCase("c0")]
        [TestCase("9101")]
        [TestCase("8101c0")]
        [TestCase("c40101")]
        [TestCase("c70101ff")]
        [TestCase("c1")]
        [TestCase("")]
        public void OnlyIntegersAreIntegers(string hex)
        {
            Assert.Throws<ProtocolException>(() => Reader(hex).ReadInt64());
        }

        [TestCase(0, true)]
        [TestCase(31, true)]
        [TestCase(32, false)]
        [TestCase(-1, false)]
        public void BoundsBelongToTheRange(long value, bool taken)
        {
            byte[] integer = Written(w => w.Write(value)), number = Written(w =>
                w.Write((double)value));
            if (taken)
            {
                Assert.That(Reader(Hex(integer)).ReadInt64(0, 31), Is.EqualTo(value));
                Assert.That(Reader(Hex(number)).ReadDouble(0, 31), Is.EqualTo(value));
                return;
            }
            Assert.Throws<ProtocolException>(() => Reader(Hex(integer)).ReadInt64(0, 31));
            Assert.Throws<ProtocolException>(() => Reader(Hex(number)).ReadDouble(0, 31));
        }

        [Test]
        public void NotANumberIsOutsideOfEveryBound()
        {
            Assert.Throws<ProtocolException>(() => Reader("cb7ff8000000000000").ReadDouble(0, 31));
        }

        [TestCase("ca3fc00000", 1.5)]
        [TestCase("cb3ff8000000000000", 1.5)]
        [TestCase("cbfff0000000000000", double.NegativeInfinity)]
        [TestCase("caff800000", double.NegativeInfinity)]
        [TestCase("cb0000000000000001", double.Epsilon)]
        public void FloatsAreWidened(string hex, double value)
        {
            Assert.That(Reader(hex).ReadDouble(), Is.EqualTo(value));
        }

        [Test]
        public void BitsOfNotANumberStay()
        {
            foreach (string hex in new[] { "cb7ff8000000000123", "cbfff8000000000000",
                "cb8000000000000000" })
            {
                double value = Reader(hex).ReadDouble();
                Assert.That(Hex(Written(w => w.Write(value))), Is.EqualTo(hex));
            }
        }

        [TestCase("a1ff", Description = "no first byte")]
        [TestCase("a2c080", Description = "overlong")]
        [TestCase("a3eda080", Description = "a surrogate")]
        [TestCase("a4f4908080", Description = "beyond Unicode")]
        [TestCase("a2e282", Description = "cut off")]
        public void TextHasToBeUtf8(string hex)
        {
            Assert.Throws<ProtocolException>(() => Reader(hex).ReadString());
        }

        [Test]
        public void TextKeepsWhateverUnicodeHas()
        {
            string longText = new string('x', 70000);
            foreach (string text in new[] { "", "\0", "é", "☕", "😀", "\ufeffx", longText })
            {
                string hex = Hex(Written(w => w.Write(text)));
                Assert.That(Reader(hex).ReadString(), Is.EqualTo(text));
            }
            Assert.Throws<ProtocolException>(() => Written(w => w.Write("half \ud83d")));
            Assert.Throws<ArgumentNullException>(() => Written(w => w.Write((string)null)));
        }

        [TestCase(0, "a0", "90", "80")]
        [TestCase(15, "af", "9f", "8f")]
        [TestCase(16, "b0", "dc0010", "de0010")]
        [TestCase(31, "bf", "dc001f", "de001f")]
        [TestCase(32, "d920", "dc0020", "de0020")]
        [TestCase(255, "d9ff", "dc00ff", "de00ff")]
        [TestCase(256, "da0100", "dc0100", "de0100")]
        [TestCase(65535, "daffff", "dcffff", "deffff")]
        [TestCase(65536, "db00010000", "dd00010000", "df00010000")]
        public void LengthsHaveTheShortestForm(int length, string text, string array, string map)
        {
            string filler = string.Concat(Enumerable.Repeat("00", 2 * length));
            string written = Hex(Written(w => w.Write(new string('x', length))));
            Assert.That(written.Substring(0, text.Length), Is.EqualTo(text));
            Assert.That(Reader(written).ReadUtf8().Count, Is.EqualTo(length));
            Assert.That(Hex(Written(w => w.WriteArrayHeader(length))), Is.EqualTo(array));
            Assert.That(Reader(array + filler).ReadArrayHeader(), Is.EqualTo(length));
            Assert.That(Hex(Written(w => w.WriteMapHeader(length))), Is.EqualTo(map));
            Assert.That(Reader(map + filler).ReadMapHeader(), Is.EqualTo(length));
        }

        [Test]
        public void ArraysOfEveryLengthAreWhole()
        {
            foreach (int length in new[] { 0, 1, 255, 256, 257, 511, 512, 513, 5000 })
            {
                byte[] written = Written(w =>
                {
                    w.WriteArrayHeader(length);
                    for (int i = 0; i < length; i++)
                    {
                        w.Write((long)i);
                    }
                });
                MessagePackReader reader = Reader(Hex(written));
                Assert.That(reader.ReadArray(Elements.Int64), Is.EqualTo(Enumerable.Range(0,
                    length)));
                reader.End();
            }
        }

        [Test]
        public void RandomValuesAreWrittenAsTheSlowReferenceSaysAndReadAgain()
        {
            var chance = new Random(7);
            for (int i = 0; i < 1000; i++)
            {
                object value = SlowMessagePack.RandomValue(chance, 0);
                byte[] expected = SlowMessagePack.Encode(value).ToArray();
                byte[] written = Written(w => AnyValue.Write(w, value));
                Assert.That(written.SequenceEqual(expected), "written otherwise in round " + i);
                var reader = new MessagePackReader(new ArraySegment<byte>(expected));
                object read = AnyValue.Read(ref reader);
                reader.End();
                bool same = SlowMessagePack.Encode(read).SequenceEqual(expected);
                Assert.That(same, "read otherwise in round " + i);
                var skipped = new MessagePackReader(new ArraySegment<byte>(expected));
                skipped.Skip();
                skipped.End();
            }
        }

        [TestCase("c70305616263")]
        [TestCase("c8000305616263")]
        [TestCase("c90000000305616263")]
        [TestCase("d40501")]
        [TestCase("d5050102")]
        [TestCase("d60501020304")]
        [TestCase("d7050102030405060708")]
        [TestCase("d80501020304050607080102030405060708")]
        public void ExtensionsAreSkippedButAreNoValues(string hex)
        {
            MessagePackReader reader = Reader(hex + "c0");
            reader.Skip();
            Assert.That(reader.Remaining, Is.EqualTo(1));
            Assert.Throws<ProtocolException>(() => Value(hex));
            MessagePackReader cut = Reader(hex.Substring(0, hex.Length - 2));
            Assert.Throws<ProtocolException>(() => cut.Skip());
        }

        [Test]
        public void TheWriterUsesItsBytesAgain()
        {
            var writer = new MessagePackWriter(1);
            writer.Write("some text that needs room");
            byte[] first = writer.Written.Array;
            byte[] copy = writer.ToArray();
            writer.Clear();
            writer.Write(true);
            Assert.That(writer.Written.Array, Is.SameAs(first));
            Assert.That(writer.Written, Is.EqualTo(new byte[] { 0xc3 }));
            Assert.That(copy.Length, Is.EqualTo(26));
        }

        [Test]
        public void OfEqualKeysTheLastValueStandsInTheFirstPlace()
        {
            var map = (Map<object>)Value("83a16101a16202a16103");
            Assert.That(map.Entries.Select(entry => entry.Key), Is.EqualTo(new[] { "a", "b" }));
            Assert.That(map["a"], Is.EqualTo(3));
        }

        [Test]
        public void MapsOfEverySizeFindTheirEntries()
        {
            for (int size = 0; size < 40; size++)
            {
                var builder = new Map<int>.Builder();
                for (int i = 0; i < size; i++)
                {
                    builder.Set("key" + i, -1).Set("key" + i / 2, i);
                }
                Map<int> map = builder.Build();
                Assert.That(map.Count, Is.EqualTo(size));
                for (int i = 0; i < size; i++)
                {
                    int last = 2 * i + 1 < size ? 2 * i + 1 : 2 * i < size ? 2 * i : -1;
                    Assert.That(map["key" + i], Is.EqualTo(last));
                    Assert.That(map.Entries[i].Key, Is.EqualTo("key" + i));
                }
                int missing;
                Assert.That(map.TryGetValue("key" + size, out missing), Is.False);
                Assert.That(map.ContainsKey("key" + size), Is.False);
                Assert.Throws<KeyNotFoundException>(() => missing = map["key" + size]);
            }
        }

        static object Value(string hex)
        {
            MessagePackReader reader = Reader(hex);
            return AnyValue.Read(ref reader);
        }

        /// <summary>A reader of bytes that stand between others.</summary>
        static MessagePackReader Reader(string hex)
        {
            var bytes = new byte[hex.Length / 2 + 2];
            for (int i = 0; i < hex.Length / 2; i++)
            {
                bytes[i + 1] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
            }
            return new MessagePackReader(new ArraySegment<byte>(bytes, 1, hex.Length / 2));
        }

        static byte[] Written(Action<MessagePackWriter> write)
        {
            var writer = new MessagePackWriter(1);
            write(writer);
            return writer.ToArray();
        }

        static string Hex(byte[] bytes)
        {
            var text = new StringBuilder();
            foreach (byte b in bytes)
            {
                text.Append(b.ToString("x2"));
            }
            return text.ToString();
        }
    }
}
