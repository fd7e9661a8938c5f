using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Who may not come in is told why, and does not try again.</summary>
    [TestFixture]
    public sealed class RefusalTests
    {
        [Test]
        public void AWrongPasswordIsRefusedForGood()
        {
            using (var peer = new Peer("router", "plain", "--password", "secret"))
            using (DealerSocket dealer =
                Talk.Dealer(peer.Endpoint, ZmtpSecurity.Plain("layerwalk", "wrong"), null))
            {
                TransportException error = Talk.ExpectLost(dealer);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
                Talk.Says(error, "400", "token");
                Assert.That(dealer.State, Is.EqualTo(TransportState.Refused));
                Assert.That(dealer.Error, Is.SameAs(error));
            }
        }

        [Test]
        public void APeerThatCannotTellNowIsAskedAgain()
        {
            string[] options = { "--password", "secret", "--status", "300" };
            var settings = new ZmtpOptions { HandshakeTimeoutMs = 3000 };
            using (var peer = new Peer("router", "plain", options))
            using (DealerSocket dealer =
                Talk.Dealer(peer.Endpoint, ZmtpSecurity.Plain("layerwalk", "wrong"), settings))
            {
                // libzmq says nothing, and sometimes hangs up before we do.
                TransportFault fault = Talk.ExpectLost(dealer).Fault;
                Assert.That(fault, Is.EqualTo(TransportFault.Silent).Or.EqualTo(TransportFault.Lost));
                Assert.That(dealer.State, Is.Not.EqualTo(TransportState.Refused));
            }
        }

        [TestCase("null", "PLAIN")]
        [TestCase("plain", "NULL")]
        public void AnotherMechanismThanThePeersIsRefused(string mechanism, string ours)
        {
            bool plain = ours == "PLAIN";
            ZmtpSecurity security = plain ? ZmtpSecurity.Plain("a", "b") : ZmtpSecurity.None;
            using (var peer = new Peer("router", mechanism))
            using (DealerSocket dealer = Talk.Dealer(peer.Endpoint, security, null))
            {
                TransportException error = Talk.ExpectLost(dealer);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
                Talk.Says(error, mechanism.ToUpperInvariant());
            }
        }

        [Test]
        public void ADealerDoesNotTalkToAPublisher()
        {
            // libzmq says what it is too, but hangs up at once, so that it may not be heard.
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, RawServer.Greeting("NULL", 1), RawServer.Ready("XPUB"));
                RawServer.ReadToEnd(stream);
            }))
            using (DealerSocket dealer = Talk.Dealer(server.Endpoint, ZmtpSecurity.None, null))
            {
                TransportException error = Talk.ExpectLost(dealer);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
                Talk.Says(error, "XPUB");
            }
        }

        [TestCase("")]
        [TestCase("127.0.0.1:5555")]
        [TestCase("tcp://127.0.0.1")]
        [TestCase("tcp://127.0.0.1:0")]
        [TestCase("tcp://127.0.0.1:65536")]
        [TestCase("tcp://127.0.0.1:*")]
        [TestCase("tcp://:5555")]
        [TestCase("tcp://::1:5555")]
        [TestCase("ipc://socket")]
        public void WhatIsNoEndpointIsSaidAtOnce(string endpoint)
        {
            var error = Assert.Throws<TransportException>(
                () => new DealerSocket(endpoint, ZmtpSecurity.None, null));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Unreachable));
            Talk.Says(error, "'" + endpoint + "'");
        }

        [TestCase("tcp://[::1]:5555", "::1", 5555)]
        [TestCase("tcp://localhost:1", "localhost", 1)]
        public void EndpointsHaveAHostAndAPort(string text, string host, int port)
        {
            Endpoint endpoint = Endpoint.Parse(text);
            Assert.That(endpoint.Host, Is.EqualTo(host));
            Assert.That(endpoint.Port, Is.EqualTo(port));
        }
    }
}
