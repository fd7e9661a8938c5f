using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Whatever comes over the wire, only ProtocolException is thrown, and soon.</summary>
    [TestFixture]
    public sealed class HostileMessageTests
    {
        const int Mutations = 20000;
        const long Little = 1 << 20; // bytes; less than any announced length here

        static readonly byte[] Nested = Enumerable.Repeat((byte)0x91, 1000000).ToArray();

        [Test]
        public void MutatedMessagesThrowNothingElse()
        {
            var chance = new Random(4);
            string[] tags = Golden.Tags().ToArray();
            byte[][] messages = Array.ConvertAll(tags, Golden.Bytes);
            int refused = 0;
            for (int i = 0; i < Mutations; i++)
            {
                int which = chance.Next(tags.Length);
                byte[] message = Mutated(messages[which], chance);
                try
                {
                    Decoded decoded = Golden.Decode(tags[which], message);
                    if (decoded.Message is Pages)
                    {
                        LayerPages.Of(decoded);
                    }
                }
                catch (ProtocolException)
                {
                    refused++;
                }
            }
            Assert.That(refused, Is.InRange(Mutations / 4, Mutations * 99 / 100));
        }

        [Test]
        public void ManyUnknownArraysInEachOtherAreSkipped()
        {
            var reader = new MessagePackReader(Segment(Nested, new byte[] { 0xc0, 0x01 }));
            reader.Skip();
            Assert.That(reader.Remaining, Is.EqualTo(1));
        }

        [Test]
        public void ValuesInEachOtherAreReadToADepth()
        {
            Assert.That(Depth(Value(Nested.Take(AnyValue.MaxDepth))),
                Is.EqualTo(AnyValue.MaxDepth));
            var error = Assert.Throws<ProtocolException>(() => Value(Nested.Take(AnyValue.MaxDepth
                + 1)));
            Assert.That(error.Message, Is.StringContaining("nested deeper"));
            Assert.Throws<ProtocolException>(() => Value(Nested));
            object tooDeep = null;
            for (int i = 0; i < AnyValue.MaxDepth + 2; i++)
            {
                tooDeep = new[] { tooDeep };
            }
            Assert.Throws<ProtocolException>(() =>
                AnyValue.Write(new MessagePackWriter(), tooDeep));
        }

        [TestCase(0xdb, "text")]
        [TestCase(0xc6, "binary data")]
        [TestCase(0xdd, "an array")]
        [TestCase(0xdf, "a map")]
        [TestCase(0xc9, "an extension")]
        public void GreatLengthsAllocateNothing(int code, string what)
        {
            foreach (byte most in new byte[] { 0xff, 0x7f, 0x00 })
            {
                // With as many bytes as an attacker may send: still fewer than are announced.
                var bytes = new byte[4 << 20];
                new byte[] { (byte)code, most, 0xff, 0xff, 0xff }.CopyTo(bytes, 0);
                AssertRefusedCheaply(bytes, (ref MessagePackReader r) => r.Skip());
                AssertRefusedCheaply(bytes, (ref MessagePackReader r) => AnyValue.Read(ref r));
            }
        }

        [Test]
        public void AnArrayGrowsOnlyAsItsElementsCome()
        {
            var bytes = new byte[16 << 20];
            new byte[] { 0xdd, 0x00, 0xff, 0xff, 0xf0, 0xc0 }.CopyTo(bytes, 0);
            AssertRefusedCheaply(bytes, (ref MessagePackReader r) => r.ReadArray(Elements.Text));
            new byte[] { 0xdf, 0x00, 0x7f, 0xff, 0xf0, 0xc0 }.CopyTo(bytes, 0);
            AssertRefusedCheaply(bytes, (ref MessagePackReader r) => r.ReadMap(Elements.Text));
        }

        [Test]
        public void MoreElementsThanAreTakenAreRefused()
        {
            var writer = new MessagePackWriter();
            new Request(levels: new long[33]).Write(writer);
            var error = Assert.Throws<ProtocolException>(
                () => Frames.DecodeClient(new[] { writer.Written }));
            Assert.That(error.Thing, Is.EqualTo("Request.levels"));
            Assert.That(error.Fact, Is.EqualTo("has 33 elements; at most 32 are taken"));
            Assert.That(error.Message, Is.EqualTo(error.Thing + " " + error.Fact));
        }

        [TestCase("", "lacks 'type'")]
        [TestCase("type=nonsense", null)]
        [TestCase("type=failed", "Failed lacks 'network'")]
        [TestCase("type=failed network=1 input=a", "Failed.run is text where an integer should be")]
        public void ErrorsNameTheThingAndTheFact(string header, string fact)
        {
            var writer = new MessagePackWriter();
            string[] entries = header.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            bool wrongRun = entries.Length > 1;
            writer.WriteMapHeader(entries.Length + (wrongRun ? 1 : 0));
            foreach (string entry in entries)
            {
                writer.Write(entry.Split('=')[0]);
                writer.Write(entry.Split('=')[1]);
            }
            if (wrongRun)
            {
                writer.Write("run");
                writer.Write("3");
            }
            if (fact == null)
            {
                Assert.That(Frames.DecodeBridge(new[] { writer.Written }).Message, Is.Null);
                return;
            }
            var error = Assert.Throws<ProtocolException>(() =>
                Frames.DecodeBridge(new[] { writer.Written }));
            Assert.That(error.Message, Is.StringContaining(fact));
        }

        delegate void Reading(ref MessagePackReader reader);

        static void AssertRefusedCheaply(byte[] bytes, Reading read)
        {
            var segment = new ArraySegment<byte>(bytes);
            long before = GC.GetTotalMemory(true);
            Assert.Throws<ProtocolException>(() =>
            {
                var reader = new MessagePackReader(segment);
                read(ref reader);
            });
            Assert.That(GC.GetTotalMemory(false) - before, Is.LessThan(Little));
        }

        static object Value(IEnumerable<byte> nested)
        {
            var reader = new MessagePackReader(Segment(nested, new byte[] { 0xc0 }));
            return AnyValue.Read(ref reader);
        }

        static int Depth(object value)
        {
            var elements = value as object[];
            return elements == null ? 0 : 1 + Depth(elements[0]);
        }

        static ArraySegment<byte> Segment(params IEnumerable<byte>[] bytes)
        {
            return new ArraySegment<byte>(bytes.SelectMany(b => b).ToArray());
        }

        static byte[] Mutated(byte[] message, Random chance)
        {
            var bytes = new List<byte>(message);
            for (int i = chance.Next(3); i >= 0; i--)
            {
                int at = chance.Next(bytes.Count);
                switch (chance.Next(6))
                {
                    case 0: bytes.Insert(at, (byte)chance.Next(256)); break;
                    case 1: bytes.RemoveAt(at); break;
                    case 2: bytes[at] ^= (byte)(1 << chance.Next(8)); break;
                    case 3: bytes[at] = (byte)(0xc0 + chance.Next(64)); break;
                    case 4: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(9,
                        bytes.Count - at))); break;
                    default: bytes[at] = (byte)chance.Next(256); break;
                }
            }
            return bytes.ToArray();
        }
    }
}
