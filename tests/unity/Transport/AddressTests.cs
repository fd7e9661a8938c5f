using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Names behind which there are several addresses.</summary>
    [TestFixture]
    public sealed class AddressTests
    {
        private static readonly IPAddress Deaf = IPAddress.Loopback;
        private static readonly IPAddress Hearing = IPAddress.Parse("127.0.0.2");

        private readonly List<Socket> _sockets = new List<Socket>();
        private int _port;

        /// <summary>
        /// One address accepts nobody, at the other of the same port somebody listens.
        /// </summary>
        [SetUp]
        public void Listen()
        {
            Socket deaf = Listening(Deaf, 0, 0);
            _port = ((IPEndPoint)deaf.LocalEndPoint).Port;
            Listening(Hearing, _port, 10);
            int dropped = 0; // by the system, as nobody accepts and the queue is full
            while (dropped < 3)
                dropped = Connects(Deaf) ? 0 : dropped + 1;
        }

        [TearDown]
        public void Close()
        {
            foreach (Socket socket in _sockets)
                socket.Close();
            _sockets.Clear();
        }

        private Socket Listening(IPAddress address, int port, int backlog)
        {
            Socket socket = Tcp();
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(backlog);
            return socket;
        }

        private bool Connects(IPAddress address)
        {
            Socket socket = Tcp();
            IAsyncResult attempt = socket.BeginConnect(address, _port, null, null);
            return attempt.AsyncWaitHandle.WaitOne(200);
        }

        private Socket Tcp()
        {
            var socket = new Socket(
                AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(socket);
            return socket;
        }

        private TcpLine Open(int timeoutMs, params IPAddress[] addresses)
        {
            Endpoint endpoint = Endpoint.Parse("tcp://name:" + _port);
            using (var stop = new ManualResetEventSlim())
                return TcpLine.Open(endpoint, addresses, Clock.NowMs + timeoutMs, stop);
        }

        [Test]
        public void AnAddressThatDoesNotAnswerLeavesTimeForTheNext()
        {
            const int timeoutMs = 2400; // of which each of the first two takes a third
            long beganMs = Clock.NowMs;
            using (Open(timeoutMs, Deaf, Deaf, Hearing))
                Assert.That(Clock.NowMs - beganMs, Is.LessThan(timeoutMs));
        }

        [Test]
        public void AllOfThemTogetherTakeNoLongerThanOneMay()
        {
            long beganMs = Clock.NowMs;
            var error = Assert.Throws<TransportException>(() => Open(400, Deaf, Deaf));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Unreachable));
            Talk.Says(error, "did not answer in time");
            Assert.That(Clock.NowMs - beganMs, Is.InRange(350, 2000));
        }
    }
}
