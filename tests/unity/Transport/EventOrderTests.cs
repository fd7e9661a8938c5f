using System;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Events that are missing, late, or already in a snapshot.</summary>
    [TestFixture]
    public sealed class EventOrderTests : MemoryClientTests
    {
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
            Assert.That(Asked(), Is.EqualTo(0)); // as one is under way
            Snapshot(12);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot" }));
            Assert.That(Asked(), Is.EqualTo(1));
            Snapshot(16);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "17" }));
        }

        [Test]
        public void EventsThatTakeTooMuchAreReplacedByAnotherSnapshot()
        {
            var large = new object[MaxHeldBytes / 64 / 3];
            for (int number = 11; number < 14; number++)
                Events.Come(new DocumentChanged(number, number, new[] { "a" }, large, "viewer"));
            Assert.That(Told(), Is.Empty);
            Snapshot(10);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot" }));
            Assert.That(Asked(), Is.EqualTo(1));
            Snapshot(12);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "document_changed" }));
        }

        [Test]
        public void AfterALossHelloIsSaidAgainAndOldCreditIsVoid()
        {
            Snapshot(10);
            Told();
            Bridge.Come(PagesOf(600), Payload(600));
            BridgeMessage kept;
            Assert.That(Client.TryReceive(out kept, 0), Is.True);
            Bridge.Come(Received.Lost(new TransportException(TransportFault.Lost, "lost")));
            Assert.That(Told(), Is.EqualTo(new[] { "lost" }));
            Assert.That(Client.Send(new GetSnapshot(1)), Is.False);
            Assert.That(Events.AwaitEnd(), Is.True);
            Bridge.Come(Received.Connected());
            Assert.That(Told(), Is.Empty);
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<Hello>());
            kept.Dispose();
            Assert.That(Bridge.Sent, Is.Empty);
            Welcome(3);
        }

        [Test]
        public void DisposedPagesRenewTheCredit()
        {
            for (int i = 0; i < 2; i++)
                Bridge.Come(PagesOf(150), Payload(150));
            Assert.That(Told().Count, Is.EqualTo(2));
            Assert.That(((Credit)Bridge.Sent.Dequeue()).Bytes, Is.EqualTo(300)); // a quarter
            Assert.That(Bridge.Sent, Is.Empty);
        }
    }
}
