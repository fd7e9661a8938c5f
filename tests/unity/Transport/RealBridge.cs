using System;
using System.Collections.Generic;
using System.Globalization;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>
    /// A bridge in a process of its own, with a Python client beside it; see bridge.py.
    /// </summary>
    public sealed class RealBridge : IDisposable
    {
        private readonly PythonProcess _process = new PythonProcess("Transport/bridge.py");

        public RealBridge()
        {
            string[] words = _process.Await("bridge").Split(' ');
            Endpoint = words[0];
            Token = words[1];
        }

        public string Endpoint { get; private set; }

        public string Token { get; private set; }

        public int Port
        {
            get { return Layerwalk.Transport.Endpoint.Parse(Endpoint).Port; }
        }

        public void Tell(string command)
        {
            _process.Tell(command);
            _process.Await("done");
        }

        public long Place(int seed)
        {
            _process.Tell("place " + seed);
            long run = long.Parse(_process.Await("run"), CultureInfo.InvariantCulture);
            _process.Await("done");
            return run;
        }

        /// <summary>
        /// What the Python client got of a run: digests of ranges and codes, by layer.
        /// </summary>
        public Dictionary<string, string> Digests(long run)
        {
            var digests = new Dictionary<string, string>();
            _process.Tell("digest " + run);
            foreach (string line in _process.AwaitAll("done"))
            {
                string[] words = line.Split(' ');
                digests[words[1]] = words[2] + " " + words[3];
            }
            return digests;
        }

        /// <summary>A client that is not started.</summary>
        public BridgeClient Client(BridgeOptions options)
        {
            ZmtpSecurity security = ZmtpSecurity.Plain(WireFormat.ZeroMQUser, Token);
            var factory = new ZmtpFactory(security, BridgeClient.Settings());
            return new BridgeClient(Endpoint, factory, options);
        }

        /// <summary>A client that was welcomed.</summary>
        public BridgeClient Connect()
        {
            BridgeClient client = BridgeClient.WithToken(Endpoint, Token);
            client.Start();
            Expect<Welcome>(client);
            return client;
        }

        /// <summary>Receives until such a message comes, and disposes what comes before.</summary>
        public static T Expect<T>(BridgeClient client) where T : Message
        {
            return Expect<T>(client, message => true);
        }

        public static T Expect<T>(BridgeClient client, Predicate<T> that) where T : Message
        {
            BridgeMessage received;
            while (client.TryReceive(out received, Talk.PatienceMs))
                using (received)
                {
                    var message = received.Message as T;
                    if (received.Error != null)
                        Assert.Fail(received.Error.Message);
                    if (message != null && that(message))
                        return message;
                }
            Assert.Fail("no " + typeof(T).Name + " came");
            return null;
        }

        public static TransportException ExpectLost(BridgeClient client)
        {
            BridgeMessage received;
            while (client.TryReceive(out received, Talk.PatienceMs))
                using (received)
                    if (received.Error != null)
                        return received.Error;
            Assert.Fail("the connection was not lost");
            return null;
        }

        public void Dispose()
        {
            _process.Dispose();
        }
    }
}
