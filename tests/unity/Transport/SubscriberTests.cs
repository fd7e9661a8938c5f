using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>A SUB hears what it subscribed to.</summary>
    [TestFixture]
    public sealed class SubscriberTests
    {
        private static SubscriberSocket Subscriber(Peer peer, string mechanism, ZmtpOptions options)
        {
            return new SubscriberSocket(
                peer.Endpoint, TestSecurity.For(peer, mechanism), options);
        }

        private static string Text(byte[] bytes)
        {
            return Encoding.UTF8.GetString(bytes);
        }

        [TestCase("null")]
        [TestCase("plain")]
        [TestCase("curve")]
        public void MessagesOfItsTopicsComeInOrder(string mechanism)
        {
            using (var peer = new Peer("xpub", mechanism, "--password", "secret"))
            using (SubscriberSocket socket = Subscriber(peer, mechanism, null))
            {
                socket.Subscribe("walls");
                socket.Start();
                Talk.Expect(socket, ReceivedKind.Connected);
                Assert.That(peer.Process.Await("subscribed"), Is.EqualTo("walls"));
                peer.Publish("floor", 1, 10);
                peer.Publish("walls.a", 3, 100000);
                for (int i = 0; i < 3; i++)
                {
                    List<byte[]> heard = Talk.Answer(socket);
                    Assert.That(Text(heard[0]), Is.EqualTo("walls.a"));
                    Assert.That(Text(heard[1]), Is.EqualTo("" + i));
                    Assert.That(heard[2], Is.EqualTo(Talk.Pattern(0, 100000)));
                }
            }
        }

        [Test]
        public void TopicsCanComeAndGoWhileItIsConnected()
        {
            using (var peer = new Peer("xpub", "null"))
            using (SubscriberSocket socket = Subscriber(peer, "null", null))
            {
                socket.Start();
                Talk.Expect(socket, ReceivedKind.Connected);
                socket.Subscribe("a");
                socket.Subscribe("b");
                peer.Process.Await("subscribed b");
                socket.Unsubscribe("a");
                peer.Process.Await("unsubscribed a");
                peer.Publish("a", 1, 1);
                peer.Publish("b", 1, 1);
                Assert.That(Text(Talk.Answer(socket)[0]), Is.EqualTo("b"));
                Assert.That(socket.Send(Talk.Frames("a SUB only receives")), Is.False);
            }
        }

        [Test]
        public void ItSubscribesAgainOnANewConnection()
        {
            var options = new ZmtpOptions { FirstRetryMs = 10, MaxRetryMs = 50 };
            var first = new Peer("xpub", "null");
            using (SubscriberSocket socket = Subscriber(first, "null", options))
            {
                socket.Subscribe("");
                socket.Start();
                Talk.Expect(socket, ReceivedKind.Connected);
                first.Process.Await("subscribed");
                first.Dispose();
                Talk.ExpectLost(socket);
                string port = first.Port.ToString(CultureInfo.InvariantCulture);
                using (var second = new Peer("xpub", "null", "--port", port))
                {
                    second.Process.Await("subscribed");
                    second.Publish("x", 1, 1);
                    Talk.Expect(socket, ReceivedKind.Connected);
                    Assert.That(Text(Talk.Answer(socket)[0]), Is.EqualTo("x"));
                }
            }
        }

        [Test]
        public void TheOldestIsDroppedAndCountedWhenNobodyReceives()
        {
            var options = new ZmtpOptions { MaxQueuedMessages = 10 };
            using (var peer = new Peer("xpub", "null"))
            using (SubscriberSocket socket = Subscriber(peer, "null", options))
            {
                socket.Subscribe("");
                socket.Start();
                Talk.Expect(socket, ReceivedKind.Connected);
                peer.Process.Await("subscribed");
                peer.Publish("x", 1000, 10);
                peer.Publish("last", 1, 10);
                int heard = 0;
                string topic;
                do
                {
                    List<byte[]> message = Talk.Answer(socket);
                    topic = Text(message[0]);
                    heard++;
                }
                while (topic != "last");
                Assert.That(heard + socket.Dropped, Is.EqualTo(1001));
            }
        }
    }
}
