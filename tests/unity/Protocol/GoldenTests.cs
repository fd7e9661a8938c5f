using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Protocol;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Golden messages mean what they did, and are written as they were.</summary>
    [TestFixture]
    public sealed class GoldenTests
    {
        public static IEnumerable<string> Tags
        {
            get { return Golden.Tags(); }
        }

        [Test]
        public void ThereAreMessages()
        {
            Assert.That(Tags.Count(), Is.GreaterThan(20));
        }

        [TestCaseSource("Tags")]
        public void IsWrittenAsItWasRead(string tag)
        {
            Decoded decoded = Golden.Read(tag);
            ArraySegment<byte>[] parts = Frames.Encode(
                new MessagePackWriter(1), decoded.Message, decoded.Payloads);
            Assert.That(decoded.Message.Type, Is.EqualTo(tag));
            Assert.That(Frames.Join(parts), Is.EqualTo(Golden.Bytes(tag)));
        }

        [TestCaseSource("Tags")]
        public void IsRefusedWhereverItEndsTooEarly(string tag)
        {
            byte[] message = Golden.Bytes(tag);
            ArraySegment<byte>[] parts = Frames.Split(new ArraySegment<byte>(message));
            for (int length = 0; length < parts[0].Count; length++)
            {
                var shorter = (ArraySegment<byte>[])parts.Clone();
                shorter[0] = new ArraySegment<byte>(parts[0].Array, parts[0].Offset, length);
                Assert.Throws<ProtocolException>(() => Golden.Decode(tag, shorter));
            }
            int end = parts.Max(part => part.Offset
                + part.Count); // behind it there is only padding
            for (int length = 0; length < end; length++)
            {
                byte[] shorter = message.Take(length).ToArray();
                Assert.Throws<ProtocolException>(() => Golden.Decode(tag, shorter));
            }
        }

        [Test]
        public void BytesBehindTheHeaderAreRefused()
        {
            var message = new ArraySegment<byte>(Golden.Bytes("credit"));
            ArraySegment<byte>[] parts = Frames.Split(message);
            var longer = new ArraySegment<byte>(parts[0].Concat(new byte[] { 0xc0 }).ToArray());
            var error = Assert.Throws<ProtocolException>(() =>
                Golden.Decode("credit", new[] { longer }));
            Assert.That(error.Message, Is.StringContaining("1 bytes that do not belong"));
        }

        [Test]
        public void WelcomeMeansWhatItDid()
        {
            var welcome = (Welcome)Golden.Read("welcome").Message;
            Assert.That(welcome.Major, Is.EqualTo(1));
            Assert.That(welcome.Minor, Is.EqualTo(0));
            Assert.That(welcome.Events, Is.EqualTo("tcp://127.0.0.1:5556"));
            Assert.That(welcome.Event, Is.EqualTo(12));
            Assert.That(welcome.Revision, Is.EqualTo(7));
            Assert.That(welcome.Shelf.Single().Width, Is.EqualTo(600));
            Assert.That(welcome.Shelf.Single().Height, Is.EqualTo(400));
            Assert.That(welcome.Limits.MessageBytes, Is.EqualTo(64 << 20));
            Assert.That(welcome.Live.Single().Kind, Is.EqualTo(LiveSourceKind.Video));
            Assert.That(welcome.Live.Single().RateHz, Is.EqualTo(25.0));
            var bookmarks = (Map<object>)welcome.Document["bookmarks"];
            Assert.That(bookmarks["Kaffee ☕"], Is.EqualTo("layer1.0.conv1"));
            Assert.That(welcome.Document.Entries.First().Key, Is.EqualTo("networks"));
        }

        [Test]
        public void RoomMeansWhatItDid()
        {
            Room room = ((RoomPublished)Golden.Read("room_published").Message).Room;
            Station station = room.Stations.Single();
            Wall wall = station.Walls.Single();
            Assert.That(station.Role, Is.EqualTo(StationRole.Add));
            Assert.That(station.Layers, Is.EqualTo(new[] { "conv", "relu" }));
            Assert.That(wall.Side, Is.EqualTo(-1));
            Assert.That(wall.PositionM.X, Is.EqualTo(-2.5));
            Assert.That(wall.PositionM.Z, Is.EqualTo(-4.0));
            Assert.That(wall.Panels.Single().CentreM.Y, Is.EqualTo(1.25));
            Assert.That(room.Texts.Single().Align, Is.EqualTo(TextAlign.Centre));
            Assert.That(room.Tubes.Single().PointsM[1].Y, Is.EqualTo(3.5));
            Assert.That(room.Marks[1].Kind, Is.EqualTo(MarkKind.Room));
            Assert.That(room.EndM, Is.EqualTo(-9.0));
        }

        [Test]
        public void PagesMeanWhatTheyDid()
        {
            LayerPages pages = LayerPages.Of(Golden.Read("pages"));
            float offset, scale;
            pages.Range(1, out offset, out scale);
            Assert.That(offset, Is.EqualTo(0.0f));
            Assert.That(scale, Is.EqualTo(0.25f));
            Assert.That(pages.Shape.Tiles, Is.EqualTo(3));
            Assert.That(pages.Shape.Height, Is.EqualTo(2));
            Assert.That(pages.Shape.Width, Is.EqualTo(5));
            Assert.That(pages.Image(1), Is.EqualTo(Enumerable.Range(0, 9)));
            Assert.That(pages.Page(0, 0), Is.EqualTo(pages.Image(0)));
            Assert.That(pages.Image(0).Last(), Is.EqualTo(WireFormat.NotANumberCode));
            Assert.That(pages.Message.Selected["batch"], Is.EqualTo(0));
            Assert.Throws<ArgumentOutOfRangeException>(() => pages.Page(0, 1));
        }

        [Test]
        public void NullsMeanWhatTheyDid()
        {
            var reply = (Reply)Golden.Read("reply").Message;
            Assert.That(reply.Run, Is.EqualTo(3L));
            Assert.That(reply.Revision, Is.Null);
            Assert.That(reply.Layers, Is.Null);
            Assert.That(((Error)Golden.Read("error").Message).Request, Is.Null);
        }

        [Test]
        public void WhatIsLeftOutIsTheDefault()
        {
            var request = new Request();
            Assert.That(request.Layers, Is.EqualTo(new[] { "*" }));
            Assert.That(request.Levels, Is.EqualTo(new[] { 0 }));
            Assert.That(request.Network, Is.EqualTo("main"));
            Assert.That(request.Then, Is.Empty);
            Assert.That(request.Buffers, Is.Empty);
            Assert.That(new StationTransform(new Vec3(1, 2, 3)).Rotation.W, Is.EqualTo(1.0));
            Assert.That(new Grab(1, new string[0]).Seconds, Is.EqualTo(5.0));
        }
    }
}
