using System;
using System.Net.Sockets;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Connections that end at each byte of what libzmq says in the handshake.</summary>
    [TestFixture]
    public sealed class CutHandshakeTests
    {
        // How many bytes a ROUTER says until it is ready.
        [TestCase("null", 107)]
        [TestCase("plain", 117)]
        public void EveryBeginningOfTheHandshakeEnds(string mechanism, int bytes)
        {
            Peer peer = Running.Router(mechanism);
            for (int cut = 0; cut < bytes; cut++)
            {
                TransportException error = Through(Proxy.Cut(cut), peer, mechanism);
                Assert.That(error, Is.Not.Null, "after " + cut);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Lost), "" + error);
            }
            Assert.That(Through(Proxy.Cut(bytes), peer, mechanism), Is.Null);
        }

        /// <summary>Why there is no connection through such a proxy; null if there is.</summary>
        private static TransportException Through(
            Action<NetworkStream, NetworkStream> downstream, Peer peer, string mechanism)
        {
            var options = new ZmtpOptions { HandshakeTimeoutMs = 20000 };
            using (var proxy = new Proxy(peer.Port, downstream))
            using (DealerSocket dealer = Talk.Dealer(
                proxy.Endpoint, TestSecurity.For(peer, mechanism), options))
            {
                Received received;
                Assert.That(dealer.TryReceive(out received, Talk.PatienceMs), Is.True);
                return received.Error;
            }
        }
    }
}
