using System;
using System.Linq;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Parts of messages, and the bytes that buffers have to have.</summary>
    [TestFixture]
    public sealed class FramesTests
    {
        [TestCase(new int[] { 0 })]
        [TestCase(new int[] { 1, 8, 9 })]
        [TestCase(new int[] { 7, 0, 0, 16, 1 })]
        public void PartsComeBackFromOneMessage(int[] lengths)
        {
            ArraySegment<byte>[] parts = Array.ConvertAll(lengths, Part);
            byte[] joined = Frames.Join(parts);
            var inside = new byte[joined.Length + 3];
            joined.CopyTo(inside, 1);
            ArraySegment<byte>[] again = Frames.Split(new ArraySegment<byte>(inside, 1,
                joined.Length));
            Assert.That(again.Select(p => p.ToArray()), Is.EqualTo(parts.Select(p => p.ToArray())));
            Assert.That(again.All(p => (p.Offset - 1) % WireFormat.Alignment == 0));
            Assert.That(again.All(p => p.Array == inside), "parts are views");
        }

        [TestCase("")]
        [TestCase("010000")]
        [TestCase("00000000", Description = "no parts")]
        [TestCase("41000000", Description = "65 parts")]
        [TestCase("ffffffff", Description = "more parts than there are numbers")]
        [TestCase("01000000", Description = "no table")]
        [TestCase("010000000000000000000000", Description = "in the table")]
        [TestCase("010000000c00000000000000", Description = "not aligned")]
        [TestCase("01000000100000000100000000000000", Description = "one byte too long")]
        [TestCase("01000000f8ffffff1000000000000000", Description = "behind the end")]
        [TestCase("0100000010000000ffffffff00000000", Description = "longer than an array")]
        public void TablesThatPointElsewhereAreRefused(string hex)
        {
            byte[] message = Enumerable.Range(0, hex.Length / 2)
                .Select(i => Convert.ToByte(hex.Substring(2 * i, 2), 16)).ToArray();
            Assert.Throws<ProtocolException>(() => Frames.Split(new ArraySegment<byte>(message)));
        }

        [Test]
        public void AMessageHasOneTo64Parts()
        {
            ArraySegment<byte>[] none = { }, many = Enumerable.Repeat(Part(1), 65).ToArray();
            Assert.Throws<ProtocolException>(() => Frames.DecodeBridge(none));
            Assert.Throws<ProtocolException>(() => Frames.DecodeBridge(many));
        }

        [Test]
        public void HeadersOfClientsAreSmall()
        {
            ArraySegment<byte> header = Part(WireFormat.MaxClientHeaderBytes + 1);
            var error = Assert.Throws<ProtocolException>(() =>
                Frames.DecodeClient(new[] { header }));
            Assert.That(error.Message, Is.StringContaining("at most 1048576 are read"));
        }

        [Test]
        public void PayloadsAreViewsWithTheBytesThatTheirShapeNeeds()
        {
            PlaceImage image = Image(2, 3, 3);
            ArraySegment<byte>[] parts = Frames.Encode(new MessagePackWriter(), image, Part(18));
            Decoded decoded = Frames.DecodeClient(parts);
            Assert.That(decoded.Payloads.Single().Array, Is.SameAs(parts[1].Array));
            foreach (int length in new[] { 0, 17, 19 })
            {
                parts[1] = Part(length);
                Assert.Throws<ProtocolException>(() => Frames.DecodeClient(parts));
            }
            Assert.Throws<ProtocolException>(() => Frames.DecodeClient(new[] { parts[0] }));
            Assert.Throws<ProtocolException>(() => Frames.Encode(new MessagePackWriter(), image));
            Assert.Throws<ProtocolException>(() =>
                Frames.Encode(new MessagePackWriter(), image, Part(17)));
        }

        [Test]
        public void AnEmptyPayloadMayHaveNoArray()
        {
            PlaceImage image = Image(0, 3, 3);
            var none = default(ArraySegment<byte>);
            ArraySegment<byte>[] parts = Frames.Encode(new MessagePackWriter(), image, none);
            Assert.That(Frames.DecodeClient(parts).Payloads.Single().Count, Is.EqualTo(0));
            Assert.That(Frames.Split(new ArraySegment<byte>(Frames.Join(parts)))[1].Count,
                Is.EqualTo(0));
        }

        [Test]
        public void ANewerBridgeMaySendWhatIsNotKnown()
        {
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(2);
            writer.Write("what");
            writer.WriteArrayHeader(0);
            writer.Write("type");
            writer.Write("from_the_future");
            Decoded decoded = Frames.DecodeBridge(new[] { writer.Written, Part(5) });
            Assert.That(decoded.Message, Is.Null);
            Assert.That(decoded.Payloads, Is.Empty);
        }

        static PlaceImage Image(params long[] shape)
        {
            return new PlaceImage(1, buffers: new[] { new BufferInfo(BufferDtype.Uint8, shape) });
        }

        static ArraySegment<byte> Part(int length)
        {
            var bytes = new byte[length + 2];
            for (int i = 0; i < length; i++)
            {
                bytes[i + 1] = (byte)(i + 1);
            }
            return new ArraySegment<byte>(bytes, 1, length);
        }
    }
}
