using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>A byte on the wire may be an object here: their number is bounded.</summary>
    [TestFixture]
    public sealed class ManyValuesTests
    {
        // An array of so many times these bytes, with its length in 32 bits.
        static ArraySegment<byte> ArrayOf(int count, params byte[] each)
        {
            var bytes = new byte[5 + count * each.Length];
            bytes[0] = 0xdd;
            for (int i = 0; i < 4; i++)
            {
                bytes[1 + i] = (byte)(count >> 24 - 8 * i);
            }
            for (int i = 5; i < bytes.Length; i++)
            {
                bytes[i] = each[(i - 5) % each.Length];
            }
            return new ArraySegment<byte>(bytes);
        }

        static object[] Values(int count, params byte[] each)
        {
            var reader = new MessagePackReader(ArrayOf(count, each));
            return (object[])AnyValue.Read(ref reader);
        }

        [Test]
        public void WhatIsEmptyIsThereOnce()
        {
            object[] values = Values(4, 0x80, 0x90); // maps and arrays in turn
            Assert.That(values[0], Is.SameAs(Map<object>.Empty));
            Assert.That(values[2], Is.SameAs(values[0]));
            Assert.That(values[3], Is.SameAs(values[1]));
        }

        [TestCase(1, new byte[] { 0xc0 })]
        [TestCase(2, new byte[] { 0x91, 0xc0 })]
        [TestCase(2, new byte[] { 0x81, 0xa0, 0xc0 })]
        public void AMessageHasSoManyValuesOfAnyKind(int each, byte[] bytes)
        {
            int most = (AnyValue.MaxValues - 1) / each;
            Assert.That(Values(most, bytes).Length, Is.EqualTo(most));
            var error = Assert.Throws<ProtocolException>(() => Values(most + 1, bytes));
            Assert.That(error.Message, Is.StringContaining("more than " + AnyValue.MaxValues));
        }

        [Test]
        public void AllOfThemTakeLittle()
        {
            long before = GC.GetTotalMemory(true);
            object[] values = Values(AnyValue.MaxValues / 2 - 1, 0x81, 0xa1, 0x61, 0x01);
            Assert.That(GC.GetTotalMemory(true) - before, Is.LessThan(64 << 20));
            Assert.That(((Map<object>)values[0])["a"], Is.EqualTo(1));
        }

        [Test]
        public void AMessageHasSoManyElementsInAll()
        {
            const int most = MessagePackReader.MaxValues;
            var reader = new MessagePackReader(ArrayOf(most, 1));
            Assert.That(reader.ReadArray(Elements.Int64).Length, Is.EqualTo(most));
            Assert.That(reader.Values, Is.EqualTo(most));
            Assert.Throws<ProtocolException>(() =>
                new MessagePackReader(ArrayOf(most + 1, 1)).ReadArray(Elements.Int64));
            // Nor in arrays that are small each.
            ReadElement<long[]> inner = (ref MessagePackReader r) => r.ReadArray(Elements.Int64);
            var error = Assert.Throws<ProtocolException>(() =>
                new MessagePackReader(ArrayOf(most / 2, 0x92, 1, 1)).ReadArray(inner));
            Assert.That(error.Message, Is.StringContaining("more than " + most + " values"));
        }

        [Test]
        public void AMessageTellsHowManyValuesItHas()
        {
            var document = new Map<object>.Builder().Set("a", new object[100]).Build();
            var writer = new MessagePackWriter();
            ArraySegment<byte>[] parts = Frames.Encode(
                writer, new Snapshot(1, 2, 3, document));
            Assert.That(Frames.DecodeBridge(parts).Values, Is.InRange(100, 120));
            Assert.That(Frames.TypeOf(parts), Is.EqualTo("snapshot"));
            Assert.That(Frames.TypeOf(new List<ArraySegment<byte>>()), Is.EqualTo(""));
        }
    }
}
