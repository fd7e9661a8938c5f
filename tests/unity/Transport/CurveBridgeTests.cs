using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>A client against a real bridge that serves other machines, by CURVE.</summary>
    [TestFixture]
    public sealed class CurveBridgeTests
    {
        private static PythonProcess _process;
        private static string _endpoint, _serverKey, _token;

        [SetUp]
        public void StartOnce()
        {
            if (_process != null)
                return;
            _process = new PythonProcess("Transport/curve_bridge.py");
            string[] words = _process.Await("bridge").Split(' ');
            _endpoint = words[0];
            _serverKey = words[1];
            _token = words[2];
        }

        private static TransportException ErrorOf(string serverKey, string token)
        {
            using (BridgeClient client = CurveFactory.Client(_endpoint, serverKey, token))
            {
                client.Start();
                return RealBridge.ExpectLost(client);
            }
        }

        [Test]
        public void TheKeysOfATokenAreThoseThatTheBridgeMakes()
        {
            CurveKeys keys = CurveFactory.Keys("a-token-of-this-test");
            Assert.That(
                Z85.Encode(keys.Secret), Is.EqualTo("ox2:s]oIURj=tY--}9R&}vO0NVGwmZCKP9NX1m{%"));
            Assert.That(
                Z85.Encode(keys.Public), Is.EqualTo("d!w:Wv91eLY{got0zjlW)cTynppLhWuZuonI8AZl"));
        }

        [Test]
        public void PagesAndEventsCome()
        {
            using (BridgeClient client = CurveFactory.Client(_endpoint, _serverKey, _token))
            {
                client.Start();
                Welcome welcome = RealBridge.Expect<Welcome>(client);
                Assert.That(welcome.Events, Is.StringStarting("tcp://*:"));
                client.Ask(new Request());
                _process.Tell("place 3");
                long run = long.Parse(_process.Await("run"));
                _process.Await("done");
                RealBridge.Expect<Pages>(client, pages => pages.Run == run);
                RealBridge.Expect<Complete>(client, complete => complete.Run == run);
                Change("collapse", client, false);
                Change("expand", client, true);
            }
        }

        /// <summary>Another client changes the document, and we hear of it.</summary>
        private static void Change(string command, BridgeClient client, bool open)
        {
            _process.Tell(command + " block");
            RealBridge.Expect<DocumentChanged>(client, change =>
                change.Path[0] == "expanded"
                && ((Map<object>)change.Value).ContainsKey("block") == open);
            _process.Await("done");
        }

        [Test]
        public void AWrongTokenIsRefused()
        {
            TransportException error = ErrorOf(_serverKey, _token + "x");
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
        }

        [Test]
        public void AnotherServersKeyIsNoUse()
        {
            TransportException error = ErrorOf(Z85.Encode(CurveKeys.New().Public), _token);
            Assert.That(error.Message, Is.StringContaining("key another than"));
        }

        [Test]
        public void TheTokenInClearIsRefused()
        {
            using (BridgeClient client = BridgeClient.WithToken(_endpoint, _token))
            {
                client.Start();
                TransportException error = RealBridge.ExpectLost(client);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
            }
        }

        [TestCase("tcp://192.0.2.7:5555")]
        [TestCase("tcp://[2001:db8::7]:5555")]
        [TestCase("tcp://127.0.0.1.example.com:5555")]
        public void TheTokenNeverLeavesThisMachineInClear(string endpoint)
        {
            var error = Assert.Throws<TransportException>(
                () => BridgeClient.WithToken(endpoint, _token));
            Assert.That(error.Message, Is.StringContaining("is not this machine"));
        }

        [Test]
        public void NorToWhereABridgeSaysThatItsEventsAre()
        {
            var factory = new PlainFactory(_token, null);
            Assert.Throws<TransportException>(() => factory.Subscriber("tcp://192.0.2.7:5555"));
            factory.Subscriber("tcp://127.0.0.1:5555").Dispose();
        }

        [TestCase("tcp://localhost:5555")]
        [TestCase("tcp://127.1.2.3:5555")]
        [TestCase("tcp://[::1]:5555")]
        public void OnThisMachineItMayBeInClear(string endpoint)
        {
            BridgeClient.WithToken(endpoint, _token).Dispose();
        }

        [Test]
        public void WhatIsNoKeyIsSaidAtOnce()
        {
            Assert.Throws<TransportException>(() => CurveFactory.Client(_endpoint, "x", _token));
        }
    }
}
