using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Connections that end, or do not come about.</summary>
    [TestFixture]
    public sealed class ReconnectTests
    {
        private static ZmtpOptions Quick()
        {
            return new ZmtpOptions
            {
                FirstRetryMs = 10,
                MaxRetryMs = 50,
                HeartbeatMs = 100,
                SilenceTimeoutMs = 1500,
                HandshakeTimeoutMs = 5000,
            };
        }

        [TestCase("null")]
        [TestCase("plain")]
        [TestCase("curve")]
        public void AfterThePeerWasStartedAnewMessagesGoAgain(string mechanism)
        {
            string secret = Z85.Encode(CurveKeys.New().Secret);
            string[] options = { "--password", "secret", "--secret=" + secret };
            var first = new Peer("router", mechanism, options);
            ZmtpSecurity security = TestSecurity.For(first, mechanism);
            using (DealerSocket dealer = Talk.Dealer(first.Endpoint, security, Quick()))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Ask(dealer, Talk.Frames("before"));
                first.Dispose();
                Assert.That(Talk.ExpectLost(dealer).Fault, Is.EqualTo(TransportFault.Lost));
                Assert.That(dealer.Send(Talk.Frames("to nobody")), Is.False);
                string port = first.Port.ToString(CultureInfo.InvariantCulture);
                string[] again = { options[0], options[1], options[2], "--port", port };
                using (new Peer("router", mechanism, again))
                {
                    Talk.Expect(dealer, ReceivedKind.Connected);
                    Assert.That(Talk.Ask(dealer, Talk.Frames("after"))[0].Length, Is.EqualTo(5));
                }
            }
        }

        [Test]
        public void APeerThatComesLaterIsFound()
        {
            int port;
            using (var reserved = new RawServer(stream => { }))
                port = reserved.Port;
            using (DealerSocket dealer =
                Talk.Dealer("tcp://127.0.0.1:" + port, ZmtpSecurity.None, Quick()))
            {
                TransportException error = Talk.ExpectLost(dealer);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Unreachable));
                Talk.Says(error, "is the bridge running");
                string number = port.ToString(CultureInfo.InvariantCulture);
                using (new Peer("router", "null", "--port", number))
                    Talk.Expect(dealer, ReceivedKind.Connected);
            }
        }

        [Test]
        public void ALocalhostByNameIsReached()
        {
            using (var peer = new Peer("router", "null"))
            using (DealerSocket dealer =
                Talk.Dealer("tcp://localhost:" + peer.Port, ZmtpSecurity.None, null))
                Talk.Expect(dealer, ReceivedKind.Connected);
        }

        [TestCase("null")]
        [TestCase("curve")]
        public void AStalledPeerIsNoticedByItsHeartbeatsAndWelcomeWhenItGoesOn(string mechanism)
        {
            using (var peer = new Peer("router", mechanism))
            using (DealerSocket dealer =
                Talk.Dealer(peer.Endpoint, TestSecurity.For(peer, mechanism), Quick()))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Ask(dealer, Talk.Frames("before"));
                peer.Process.Signal("STOP");
                Assert.That(Talk.ExpectLost(dealer).Fault, Is.EqualTo(TransportFault.Silent));
                peer.Process.Signal("CONT");
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Ask(dealer, Talk.Frames("after"));
            }
        }

        [TestCase("null", "0")]
        [TestCase("null", "500")]
        [TestCase("curve", "0")]
        [TestCase("curve", "500")]
        public void AnIdleConnectionLivesOnHeartbeats(string mechanism, string theirs)
        {
            using (var peer = new Peer("router", mechanism, "--heartbeat", theirs))
            using (DealerSocket dealer =
                Talk.Dealer(peer.Endpoint, TestSecurity.For(peer, mechanism), Quick()))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Received nothing;
                Assert.That(dealer.TryReceive(out nothing, 4000), Is.False); // time-outs long
                Talk.Ask(dealer, Talk.Frames("still there"));
            }
        }

        [Test]
        public void APeerWithoutHeartbeatsMayBeSilent()
        {
            // ZMTP 3.0 has no PING: such a peer would take one for nonsense.
            var told = new ManualResetEvent(false);
            byte[] rest = null;
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, RawServer.Greeting("NULL", 0), RawServer.Ready("ROUTER"));
                rest = RawServer.ReadToEnd(stream);
                told.Set();
            }))
            {
                int handshake = 64 + RawServer.Ready("DEALER").Length + 8 + 5; // and Identity
                using (DealerSocket dealer =
                    Talk.Dealer(server.Endpoint, ZmtpSecurity.None, Quick()))
                {
                    Talk.Expect(dealer, ReceivedKind.Connected);
                    Received nothing;
                    Assert.That(dealer.TryReceive(out nothing, 3000), Is.False);
                }
                Assert.That(told.WaitOne(Talk.PatienceMs), Is.True);
                Assert.That(rest.Length, Is.EqualTo(handshake));
            }
        }

        [TestCase(false)]
        [TestCase(true)]
        public void PauseBetweenAttemptsGrows(bool shakesHands)
        {
            var options = new ZmtpOptions { FirstRetryMs = 100, MaxRetryMs = 400 };
            var times = new BlockingCollection<long>();
            var watch = Stopwatch.StartNew();
            using (var server = new RawServer(stream =>
            {
                times.Add(watch.ElapsedMilliseconds);
                if (shakesHands)
                    RawServer.Write(stream, HostileTests.Open, new byte[] { 0xff });
            }))
            using (Talk.Dealer(server.Endpoint, ZmtpSecurity.None, options))
            {
                long first = times.Take();
                for (int i = 0; i < 4; i++)
                    times.Take();
                // 75 + 150 + 300 + 300 + 300 at least; without growing, 5 * 125 at most.
                Assert.That(times.Take() - first, Is.GreaterThan(800));
            }
        }

        [Test]
        public void DisposeComesBackSoonWhateverTheSocketIsAt()
        {
            using (var silent = new RawServer(stream => RawServer.ReadToEnd(stream)))
            using (var closing = new RawServer(stream => { }))
                foreach (RawServer server in new[] { silent, closing })
                    for (int i = 0; i < 5; i++)
                    {
                        DealerSocket dealer = Talk.Dealer(server.Endpoint, ZmtpSecurity.None, null);
                        Assert.That(server.AwaitConnection(Talk.PatienceMs), Is.True);
                        var until = Stopwatch.StartNew();
                        dealer.Dispose();
                        dealer.Dispose();
                        Assert.That(until.ElapsedMilliseconds, Is.LessThan(2000));
                    }
        }

        [Test]
        public void ASocketThatWasNeverStartedCanBeDisposed()
        {
            var dealer = new DealerSocket("tcp://127.0.0.1:1", ZmtpSecurity.None, null);
            dealer.Dispose();
            Assert.That(dealer.State, Is.EqualTo(TransportState.Stopped));
        }

        [Test]
        public void SettingsThatContradictEachOtherAreRefused()
        {
            var options = new ZmtpOptions { HeartbeatMs = 1000, SilenceTimeoutMs = 1000 };
            var error = Assert.Throws<ArgumentException>(
                () => new DealerSocket("tcp://127.0.0.1:1", ZmtpSecurity.None, options));
            Talk.Says(error, "SilenceTimeoutMs");
        }
    }
}
