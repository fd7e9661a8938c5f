using System;
using System.Net.Sockets;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>
    /// CURVE with libzmq, and with somebody between who changes what libzmq says.
    /// </summary>
    [TestFixture]
    public sealed class CurveTests
    {
        private const int GreetingBytes = 64;
        private const int HandshakeBytes = 301; // what libzmq's ROUTER says until it is Ready

        private static ZmtpOptions Quick()
        {
            return new ZmtpOptions
            {
                HandshakeTimeoutMs = 3000,
                FirstRetryMs = 60000,
                MaxRetryMs = 60000,
            };
        }

        private static DealerSocket Dealer(string endpoint, Peer peer, CurveKeys keys)
        {
            return Talk.Dealer(endpoint, ZmtpSecurity.Curve(peer.PublicKey, keys), Quick());
        }

        private TransportException Through(Action<NetworkStream, NetworkStream> downstream)
        {
            using (var proxy = new Proxy(Running.Router("curve").Port, downstream))
            using (DealerSocket dealer = Dealer(proxy.Endpoint, Running.Router("curve"), null))
            {
                Received received;
                Assert.That(dealer.TryReceive(out received, Talk.PatienceMs), Is.True);
                return received.Error;
            }
        }

        [TestCase(0)]
        [TestCase(GreetingBytes)]
        [TestCase(HandshakeBytes - 1)]
        public void KeysOfAConnectionAreForgottenHoweverFarItCame(int cut)
        {
            Peer peer = Running.Router("curve");
            CurveKeys ours = CurveKeys.New();
            var security = new ZmtpSecurity(() => new CurveMechanism(
                Z85.Key(peer.PublicKey), CurveKeys.New(), ours));
            using (var proxy = new Proxy(peer.Port, Proxy.Cut(cut)))
            using (DealerSocket dealer = Talk.Dealer(proxy.Endpoint, security, Quick()))
            {
                Assert.That(Talk.ExpectLost(dealer).Fault, Is.EqualTo(TransportFault.Lost));
                Assert.That(ours.Secret, Is.EqualTo(new byte[ours.Secret.Length]));
            }
        }

        [Test]
        public void AClientIsKnownByItsKey()
        {
            CurveKeys ours = CurveKeys.New();
            using (var peer = new Peer("router", "curve", "--allow=" + Z85.Encode(ours.Public)))
            {
                using (DealerSocket dealer = Dealer(peer.Endpoint, peer, ours))
                {
                    Talk.Expect(dealer, ReceivedKind.Connected);
                    Talk.Ask(dealer, Talk.Frames("let in"));
                }
                using (DealerSocket dealer = Dealer(peer.Endpoint, peer, CurveKeys.New()))
                {
                    TransportException error = Talk.ExpectLost(dealer);
                    Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
                    Talk.Says(error, "400", "key");
                }
            }
        }

        [Test]
        public void AServerWithAnotherKeyIsNotTalkedTo()
        {
            ZmtpSecurity wrong = ZmtpSecurity.Curve(Z85.Encode(CurveKeys.New().Public), null);
            string endpoint = Running.Router("curve").Endpoint;
            using (DealerSocket dealer = Talk.Dealer(endpoint, wrong, Quick()))
            {
                TransportException error = Talk.ExpectLost(dealer);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Lost));
                Talk.Says(error, "key another");
            }
        }

        [TestCase("null")]
        [TestCase("plain")]
        public void AServerWithoutEncryptionIsNotTalkedTo(string mechanism)
        {
            using (var peer = new Peer("router", mechanism))
            using (DealerSocket dealer = Dealer(peer.Endpoint, Running.Router("curve"), null))
                Assert.That(Talk.ExpectLost(dealer).Fault, Is.EqualTo(TransportFault.Refused));
        }

        [Test]
        public void EveryBeginningOfTheHandshakeEnds()
        {
            for (int cut = 0; cut < HandshakeBytes; cut++)
                Assert.That(Through(Proxy.Cut(cut)), Is.Not.Null, "after " + cut);
            Assert.That(Through(Proxy.Cut(HandshakeBytes)), Is.Null);
        }

        [Test]
        public void AChangeOfAnyByteOfTheHandshakeIsNoticed()
        {
            Assert.That(Through(Proxy.Flip(1)), Is.Null); // which is only padding
            for (int index = GreetingBytes; index < HandshakeBytes; index++)
                Assert.That(Through(Proxy.Flip(index)), Is.Not.Null, "byte " + index);
        }

        /// <summary>Passes the handshake on, then gives frames one by one to `change`.</summary>
        private TransportException WithMessages(Func<byte[], byte[]> change)
        {
            using (var proxy = new Proxy(Running.Router("curve").Port, (peer, client) =>
            {
                Proxy.Cut(HandshakeBytes)(peer, client);
                while (true)
                {
                    byte[] head = RawServer.ReadExactly(peer, 2); // shorter than 256 bytes
                    byte[] frame = RawServer.Join(head, RawServer.ReadExactly(peer, head[1]));
                    byte[] changed = change(frame);
                    client.Write(changed, 0, changed.Length);
                }
            }))
            using (DealerSocket dealer = Dealer(proxy.Endpoint, Running.Router("curve"), null))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Ask(dealer, Talk.Frames("first"));
                dealer.Send(Talk.Frames("second"));
                Received received;
                Assert.That(dealer.TryReceive(out received, Talk.PatienceMs), Is.True);
                received.Dispose();
                if (received.Kind == ReceivedKind.Message)
                    Assert.That(dealer.TryReceive(out received, 1000), Is.False);
                return received.Error;
            }
        }

        [Test]
        public void AMessageThatComesOnceMoreEndsTheConnection()
        {
            int number = 0;
            byte[] first = null;
            TransportException error = WithMessages(frame =>
            {
                first = first ?? frame;
                return number++ == 0 ? frame : first;
            });
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, "once more");
        }

        [TestCase(10, "encrypted frame once more")] // the number: below that of the first
        [TestCase(17, "changed")] // the number
        [TestCase(18, "changed")] // the tag
        [TestCase(34, "changed")] // the flags
        [TestCase(35, "changed")]
        [TestCase(5, "not encrypted")]
        public void AMessageThatSomebodyChangedEndsTheConnection(int index, string word)
        {
            int number = 0;
            TransportException error = WithMessages(frame =>
            {
                if (number++ > 0)
                    frame[index] ^= (byte)(index == 10 ? 0 : 16);
                if (number > 1 && index == 10)
                    Array.Clear(frame, 10, 8);
                return frame;
            });
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, word);
        }

        [Test]
        public void AFrameThatIsNotEncryptedEndsTheConnection()
        {
            int number = 0;
            TransportException error = WithMessages(
                frame => number++ == 0 ? frame : RawServer.Frame(0, new byte[] { 1, 2, 3 }));
            Talk.Says(error, "not encrypted");
        }

        [Test]
        public void UnchangedMessagesGoThrough()
        {
            Assert.That(WithMessages(frame => frame), Is.Null);
        }
    }
}
