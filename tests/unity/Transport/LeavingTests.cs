using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Who leaves a bridge that does not read is not held up by it.</summary>
    [TestFixture]
    public sealed class LeavingTests
    {
        const int Much = 4 << 20; // more at once than a system takes for a peer that does not read

        ManualResetEvent _end;
        MemoryStream _read;
        ManualResetEvent _served;
        RawServer _server;

        [SetUp]
        public void Serve()
        {
            _end = new ManualResetEvent(false);
            _served = new ManualResetEvent(false);
            _read = null;
            _server = new RawServer(stream =>
            {
                try
                {
                    DeafServer.Serve(stream, _end, _read);
                }
                finally
                {
                    _served.Set();
                }
            });
        }

        [TearDown]
        public void End()
        {
            _end.Set();
            _server.Dispose();
        }

        [Test]
        public void TheMainThreadDoesNotWaitForABridgeThatDoesNotRead()
        {
            var session = Connected();
            Fill(session);
            var watch = Stopwatch.StartNew();
            session.Connect(new BridgeAddress("", "", ""));
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(100));
            watch.Restart();
            session.Dispose();
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(800));
        }

        [Test]
        public void WhoQuitsWaitsHalfASecondForAllBridgesTogether()
        {
            var session = Connected();
            for (int i = 0; i < 4; i++)
            {
                Fill(session);
                session.Connect(new BridgeAddress(_server.Endpoint, "token", ""));
                Await(session);
            }
            Fill(session);
            var watch = Stopwatch.StartNew();
            session.Dispose();
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(800));
        }

        [Test]
        public void ConnectionsOfOthersEndInTheSameHalfSecond()
        {
            var session = Connected();
            for (int i = 0; i < 2; i++)
            {
                BridgeClient other = session.Address.Client();
                other.Start();
                FillWith(other);
                var leaving = Stopwatch.StartNew();
                session.Leave(other);
                Assert.That(leaving.ElapsedMilliseconds, Is.LessThan(100));
            }
            Fill(session);
            var watch = Stopwatch.StartNew();
            session.Dispose();
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(800));
        }

        [Test]
        public void WhatWasSentBeforeArrives()
        {
            _read = new MemoryStream();
            var session = Connected();
            string last = "the last of all words";
            var name = new string('x', Much);
            session.Send(number => new PlaceImage(number, name, "", "", ""), null, null);
            session.Send(number => new PlaceImage(number, last, "", "", ""), null, null);
            _end.Set();
            session.Dispose();
            Assert.That(_served.WaitOne(Talk.PatienceMs), Is.True);
            string text = Encoding.ASCII.GetString(_read.ToArray());
            Assert.That(text.Contains(last), Is.True);
        }

        Session Connected()
        {
            var session = new Session();
            session.Connect(new BridgeAddress(_server.Endpoint, "token", ""));
            Await(session);
            return session;
        }

        static void Await(Session session)
        {
            var watch = Stopwatch.StartNew();
            while (session.State.Connection != ConnectionState.Connected)
            {
                Assert.That(watch.ElapsedMilliseconds, Is.LessThan(Talk.PatienceMs),
                    session.State.ConnectionWords);
                session.Pump(1);
                Thread.Yield();
            }
        }

        static void FillWith(BridgeClient client)
        {
            var watch = Stopwatch.StartNew();
            var name = new string('x', Much);
            bool connected = false;
            while (!connected)
            {
                BridgeMessage message;
                Assert.That(watch.ElapsedMilliseconds, Is.LessThan(Talk.PatienceMs));
                connected = client.TryReceive(out message, 10) && message.Error == null;
            }
            while (client.Send(new PlaceImage(client.NextNumber(), name, "", "", "")))
            {
            }
        }

        // Until nothing more is taken.
        static void Fill(Session session)
        {
            bool full = false;
            var name = new string('x', Much);
            while (!full)
            {
                session.Send(
                    number => new PlaceImage(number, name, "", "", ""), null,
                    words => full = true);
            }
        }
    }
}
