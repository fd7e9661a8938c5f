using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>
    /// A client that was welcomed by a bridge that is the test: it says what comes, in any order.
    /// </summary>
    public abstract class MemoryClientTests : ITransportFactory
    {
        protected const int SnapshotTimeoutMs = 50;
        protected const int MaxHeldBytes = 100000;

        protected BridgeClient Client { get; private set; }

        protected MemoryTransport Bridge { get; private set; }

        /// <summary>The last subscriber that was made.</summary>
        protected MemoryTransport Events { get; private set; }

        /// <summary>How many subscribers were made.</summary>
        protected int Subscribers { get; private set; }

        public ITransport Dealer(string endpoint)
        {
            return Bridge = new MemoryTransport();
        }

        public ITransport Subscriber(string endpoint)
        {
            Endpoint.Parse(endpoint); // throws for what is none, as a socket does
            Subscribers++;
            return Events = new MemoryTransport();
        }

        [SetUp]
        public void Connect()
        {
            Subscribers = 0;
            Begin(10000, 10000);
            Welcome(10);
        }

        /// <summary>A client that said Hello.</summary>
        protected void Begin(int welcomeTimeoutMs, int snapshotTimeoutMs)
        {
            var options = new BridgeOptions
            {
                CreditBytes = 1000, MaxHeldEvents = 5, MaxHeldBytes = MaxHeldBytes,
                WelcomeTimeoutMs = welcomeTimeoutMs, SnapshotTimeoutMs = snapshotTimeoutMs,
            };
            Client = new BridgeClient("tcp://memory:1", this, options);
            Client.Start();
            Assert.That(Told(), Is.Empty);
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<Hello>());
        }

        protected void Welcome(long last)
        {
            Welcome(last, "tcp://memory:2");
            Assert.That(Told(), Is.EqualTo(new[] { "welcome" }));
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<Credit>());
            Assert.That(Asked(), Is.EqualTo(1)); // as the subscriber is connected now
        }

        protected void Welcome(long last, string events)
        {
            Bridge.Come(new Welcome(
                1, 0, "", "session", "viewer", events, last, 1, Map<object>.Empty,
                new Picture[0], new Limits()));
        }

        /// <summary>How many snapshots were asked for.</summary>
        protected int Asked()
        {
            int asked = 0;
            for (; Bridge.Sent.Count > 0; asked++)
                Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<GetSnapshot>());
            return asked;
        }

        protected void Event(params long[] numbers)
        {
            foreach (long number in numbers)
                Events.Come(new ViewersChanged(number, 1));
        }

        protected void Snapshot(long last)
        {
            Bridge.Come(new Snapshot(1, last, 1, Map<object>.Empty));
        }

        protected static Pages PagesOf(int bytes)
        {
            var shape = new BufferInfo(BufferDtype.Uint8, new long[] { bytes });
            return new Pages("main", "input", 1, 1, "layer", new Axis[0], 1, new PageLevel[0],
                buffers: new[] { shape });
        }

        protected static ArraySegment<byte> Payload(int bytes)
        {
            return new ArraySegment<byte>(new byte[bytes]);
        }

        /// <summary>The header of a message of this type that lacks all the rest.</summary>
        protected static byte[] Broken(string type)
        {
            var writer = new MessagePackWriter();
            writer.WriteMapHeader(1);
            writer.Write("type");
            writer.Write(type);
            return new List<byte>(writer.Written).ToArray();
        }

        /// <summary>Everything that is told now: tags, and the numbers of events.</summary>
        protected List<string> Told()
        {
            var told = new List<string>();
            BridgeMessage received;
            while (Client.TryReceive(out received, 0))
                using (received)
                    told.Add(Words(received));
            return told;
        }

        /// <summary>The next that is told, and be it later.</summary>
        protected string ToldNext()
        {
            BridgeMessage received;
            if (!Client.TryReceive(out received, Talk.PatienceMs))
                return "nothing";
            using (received)
                return Words(received);
        }

        private static string Words(BridgeMessage received)
        {
            var viewers = received.Message as ViewersChanged;
            return received.Error != null ? "lost"
                : viewers == null ? received.Message.Type : "" + viewers.Number;
        }
    }
}
