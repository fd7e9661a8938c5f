using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Events that are missing, late, or already in a snapshot.</summary>
    [TestFixture]
    public sealed class EventOrderTests : ITransportFactory
    {
        private MemoryTransport _dealer;
        private MemoryTransport _events;
        private BridgeClient _client;

        public ITransport Dealer(string endpoint)
        {
            return _dealer = new MemoryTransport();
        }

        public ITransport Subscriber(string endpoint)
        {
            return _events = new MemoryTransport();
        }

        [SetUp]
        public void Connect()
        {
            var options = new BridgeOptions { MaxHeldEvents = 5, CreditBytes = 1000 };
            _client = new BridgeClient("tcp://memory:1", this, options);
            _client.Start();
            Assert.That(Told(), Is.Empty);
            Assert.That(_dealer.Sent.Dequeue(), Is.InstanceOf<Hello>());
            Welcome(10);
        }

        private void Welcome(long last)
        {
            _dealer.Come(new Welcome(
                1, 0, "", "session", "viewer", "tcp://memory:2", last, 1, Map<object>.Empty,
                new Picture[0], new Limits()));
            Assert.That(Told(), Is.EqualTo(new[] { "welcome" }));
            Assert.That(_dealer.Sent.Dequeue(), Is.InstanceOf<Credit>());
            Assert.That(Asked(), Is.EqualTo(1)); // as the subscriber is connected now
        }

        /// <summary>How many snapshots were asked for.</summary>
        private int Asked()
        {
            int asked = 0;
            for (; _dealer.Sent.Count > 0; asked++)
                Assert.That(_dealer.Sent.Dequeue(), Is.InstanceOf<GetSnapshot>());
            return asked;
        }

        private void Event(params long[] numbers)
        {
            foreach (long number in numbers)
                _events.Come(new ViewersChanged(number, 1));
        }

        private void Snapshot(long last)
        {
            _dealer.Come(new Snapshot(1, last, 1, Map<object>.Empty));
        }

        /// <summary>Everything that is told now: tags, and the numbers of events.</summary>
        private List<string> Told()
        {
            var told = new List<string>();
            BridgeMessage received;
            while (_client.TryReceive(out received, 0))
                using (received)
                {
                    var viewers = received.Message as ViewersChanged;
                    told.Add(received.Error != null ? "lost"
                        : viewers == null ? received.Message.Type : "" + viewers.Number);
                }
            return told;
        }

        [Test]
        public void EventsWaitForASnapshotThatIsUnderWay()
        {
            Event(11, 12, 13);
            Assert.That(Told(), Is.Empty);
            Snapshot(12);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "13" }));
            Event(14);
            Assert.That(Told(), Is.EqualTo(new[] { "14" }));
            Assert.That(Asked(), Is.EqualTo(0));
        }

        [Test]
        public void AGapAsksForASnapshotOnce()
        {
            Snapshot(10);
            Event(11, 13, 14);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "11" }));
            Event(15);
            Assert.That(Told(), Is.Empty);
            Assert.That(Asked(), Is.EqualTo(1));
            Snapshot(14);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "15" }));
        }

        [Test]
        public void EventsComeOnce()
        {
            Snapshot(10);
            Event(9, 10, 11, 11, 12, 11);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "11", "12" }));
        }

        [Test]
        public void AnOldSnapshotDoesNotTurnBackTime()
        {
            Snapshot(10);
            Event(11);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "11" }));
            Snapshot(10);
            Assert.That(Told(), Is.Empty);
        }

        [Test]
        public void TooManyEventsThatWaitAreReplacedByAnotherSnapshot()
        {
            Event(11, 12, 13, 14, 15, 16, 17);
            Assert.That(Told(), Is.Empty);
            Assert.That(Asked(), Is.EqualTo(1));
            Snapshot(17);
            Snapshot(17);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "snapshot" }));
        }

        [Test]
        public void AfterALossHelloIsSaidAgainAndOldCreditIsVoid()
        {
            Snapshot(10);
            Told();
            var shape = new BufferInfo(BufferDtype.Uint8, new long[] { 600 });
            var pages = new Pages("main", "input", 1, 1, "layer", new Axis[0], 1,
                new PageLevel[0], buffers: new[] { shape });
            _dealer.Come(pages, new ArraySegment<byte>(new byte[600]));
            BridgeMessage kept;
            Assert.That(_client.TryReceive(out kept, 0), Is.True);
            _dealer.Come(Received.Lost(new TransportException(TransportFault.Lost, "lost")));
            Assert.That(Told(), Is.EqualTo(new[] { "lost" }));
            Assert.That(_client.Send(new GetSnapshot(1)), Is.False);
            Assert.That(_events.State, Is.EqualTo(TransportState.Stopped));
            _dealer.Come(Received.Connected());
            Assert.That(Told(), Is.Empty);
            Assert.That(_dealer.Sent.Dequeue(), Is.InstanceOf<Hello>());
            kept.Dispose();
            Assert.That(_dealer.Sent, Is.Empty);
            Welcome(3);
        }

        [Test]
        public void DisposedPagesRenewTheCredit()
        {
            var shape = new BufferInfo(BufferDtype.Uint8, new long[] { 150 });
            var pages = new Pages("main", "input", 1, 1, "layer", new Axis[0], 1,
                new PageLevel[0], buffers: new[] { shape });
            for (int i = 0; i < 2; i++)
                _dealer.Come(pages, new ArraySegment<byte>(new byte[150]));
            Assert.That(Told().Count, Is.EqualTo(2));
            Assert.That(((Credit)_dealer.Sent.Dequeue()).Bytes, Is.EqualTo(300)); // a quarter
            Assert.That(_dealer.Sent, Is.Empty);
        }
    }
}
