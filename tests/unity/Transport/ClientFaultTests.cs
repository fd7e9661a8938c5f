using System;
using System.Threading;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What a client does when the bridge, or the way to it, does its worst.</summary>
    [TestFixture]
    public sealed class ClientFaultTests : MemoryClientTests
    {
        private static Received Lost(TransportFault fault)
        {
            return Received.Lost(new TransportException(fault, "no events"));
        }

        private long Granted()
        {
            return ((Credit)Bridge.Sent.Dequeue()).Bytes;
        }

        // ------------------------------------------------------------ events

        [TestCase(TransportFault.Lost)]
        [TestCase(TransportFault.Refused)]
        public void WhyNoEventsComeIsTold(TransportFault fault)
        {
            Assert.That(Client.EventsError, Is.Null);
            Events.Come(Lost(fault));
            Assert.That(Told(), Is.Empty); // there is a connection still
            Assert.That(Client.EventsError.Fault, Is.EqualTo(fault));
            Snapshot(10);
            Events.Come(Received.Connected());
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot" }));
            Assert.That(Client.EventsError, Is.Null);
            Assert.That(Asked(), Is.EqualTo(1)); // for what was missed
        }

        [Test]
        public void AnEndpointOfEventsThatIsNoneCostsTheEventsOnly()
        {
            Begin(10000, 10000);
            Welcome(10, "nonsense");
            Assert.That(Told(), Is.EqualTo(new[] { "welcome" }));
            Talk.Says(Client.EventsError, "'nonsense' is no endpoint");
            Assert.That(Client.Send(new GetSnapshot(1)), Is.True);
        }

        [Test]
        public void OnlyTheFirstWelcomeOfAConnectionStartsAnything()
        {
            Welcome(10, "tcp://memory:3");
            Assert.That(Told(), Is.Empty);
            Assert.That(Subscribers, Is.EqualTo(1));
            Talk.Says(Client.UnreadableError, "welcome came once more");
            Bridge.Come(Lost(TransportFault.Lost));
            Bridge.Come(Received.Connected());
            Assert.That(Told(), Is.EqualTo(new[] { "lost" }));
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<Hello>());
            Welcome(10);
            Assert.That(Subscribers, Is.EqualTo(2));
        }

        [Test]
        public void ALateWelcomeIsWelcome()
        {
            Begin(1, 10000);
            Assert.That(ToldNext(), Is.EqualTo("lost"));
            Assert.That(Client.Failure, Is.Null);
            Assert.That(Told(), Is.Empty); // once is enough
            Welcome(10);
        }

        [Test]
        public void AnAnswerToHelloThatCannotBeReadIsToldOnce()
        {
            Begin(10000, 10000);
            Bridge.Come(Broken("welcome"));
            Bridge.Come(Broken("welcome"));
            BridgeMessage received;
            Assert.That(Client.TryReceive(out received, 0), Is.True);
            Assert.That(received.Error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(received.Error, "Welcome lacks 'major'", "same release");
            Assert.That(Told(), Is.Empty);
            Welcome(10);
        }

        // ------------------------------------------------------------ what cannot be read

        [TestCase("pages", 300)]
        [TestCase("picture_data", 0)]
        public void CreditForPagesThatCannotBeReadComesBack(string type, int granted)
        {
            Bridge.Come(Broken(type), Payload(100), Payload(200));
            Assert.That(Told(), Is.Empty);
            Assert.That(Client.Unreadable, Is.EqualTo(1));
            if (granted > 0)
                Assert.That(Granted(), Is.EqualTo(granted));
            Assert.That(Bridge.Sent, Is.Empty);
        }

        [Test]
        public void WhatDoesNotEvenTellItsTypeCountsAsPages()
        {
            Bridge.Come(new byte[] { 0xc1 }, Payload(300));
            Assert.That(Told(), Is.Empty);
            Assert.That(Granted(), Is.EqualTo(300));
        }

        [Test]
        public void ASnapshotThatCannotBeReadIsAskedForAgainButNotForEver()
        {
            Event(12, 13);
            for (int again = 0; again < 2; again++)
            {
                Bridge.Come(Broken("snapshot"));
                Assert.That(Told(), Is.Empty);
                Assert.That(ToldNothingAndAsked(), Is.EqualTo(1));
            }
            Bridge.Come(Broken("snapshot"));
            Assert.That(ToldNext(), Is.EqualTo("12"));
            Assert.That(Told(), Is.EqualTo(new[] { "13" }));
            Assert.That(Client.Unreadable, Is.EqualTo(3));
            Event(15); // the next gap is another matter
            Assert.That(ToldNothingAndAsked(), Is.EqualTo(1));
        }

        [Test]
        public void ASnapshotThatDoesNotComeIsAskedForAgainButNotForEver()
        {
            Begin(10000, SnapshotTimeoutMs);
            Welcome(10);
            Event(12);
            Assert.That(ToldNext(), Is.EqualTo("12"));
            Assert.That(Asked(), Is.EqualTo(2));
        }

        private int ToldNothingAndAsked()
        {
            Assert.That(Told(), Is.Empty);
            return Asked();
        }

        // ------------------------------------------------------------ too much to send

        [Test]
        public void WhatCouldNotBeSentIsSentLater()
        {
            Snapshot(10);
            Bridge.Full = true;
            long number = Client.Ask(new Request());
            Bridge.Come(PagesOf(600), Payload(600));
            Event(12);
            Assert.That(Told(), Is.EqualTo(new[] { "snapshot", "pages" }));
            Assert.That(Client.Asked, Is.False);
            Bridge.Full = false;
            Assert.That(Told(), Is.Empty);
            Assert.That(Client.Asked, Is.True);
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<GetSnapshot>());
            Assert.That(Granted(), Is.EqualTo(600));
            Assert.That(((Request)Bridge.Sent.Dequeue()).Number, Is.EqualTo(number));
            Assert.That(Told(), Is.Empty);
            Assert.That(Bridge.Sent, Is.Empty);
        }

        [Test]
        public void ARequestKeepsItsNumberFromConnectionToConnection()
        {
            long number = Client.Ask(new Request());
            Assert.That(((Request)Bridge.Sent.Dequeue()).Number, Is.EqualTo(number));
            Bridge.Come(Lost(TransportFault.Lost));
            Bridge.Come(Received.Connected());
            Told();
            Assert.That(Client.Asked, Is.False);
            Assert.That(Bridge.Sent.Dequeue(), Is.InstanceOf<Hello>());
            Welcome(10, "");
            Told();
            Assert.That(Granted(), Is.EqualTo(1000));
            Assert.That(((Request)Bridge.Sent.Dequeue()).Number, Is.EqualTo(number));
            Assert.That(Client.Ask(new Request()), Is.GreaterThan(number));
        }

        // ------------------------------------------------------------ waiting

        [Test]
        public void LookingForNewsAllocatesNothing()
        {
            Snapshot(10);
            Told();
            BridgeMessage received;
            Client.TryReceive(out received, 0);
            long before = SteadyTests.AllocatedBytes();
            for (int i = 0; i < 300; i++)
                Client.TryReceive(out received, 0);
            Assert.That(SteadyTests.AllocatedBytes() - before, Is.EqualTo(0));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void WaitingDoesNotSpin(bool lost)
        {
            Begin(10000, SnapshotTimeoutMs); // a snapshot is under way, and does not come
            Welcome(10);
            if (lost)
                Bridge.Come(Lost(TransportFault.Lost));
            Told();
            int before = Bridge.Polls;
            BridgeMessage received;
            Assert.That(Client.TryReceive(out received, 8 * SnapshotTimeoutMs), Is.False);
            Assert.That(Bridge.Polls - before, Is.LessThan(20));
        }

        // ------------------------------------------------------------ the end

        [Test]
        public void ALossIsToldBeforeTheThreadsOfItsEventsHaveEnded()
        {
            var told = new ManualResetEvent(false);
            bool waited = true;
            Events.Ends = () => waited = told.WaitOne(Talk.PatienceMs);
            Bridge.Come(Lost(TransportFault.Lost));
            Assert.That(Told(), Is.EqualTo(new[] { "lost" }));
            told.Set();
            Assert.That(Events.AwaitEnd(), Is.True);
            Assert.That(waited, Is.True);
        }

        [Test]
        public void AllThreadsHaveEndedWhenTheClientIsDisposed()
        {
            Events.Ends = () => Bridge.AwaitEnd();
            Client.Dispose();
            Assert.That(Bridge.State, Is.EqualTo(TransportState.Stopped));
            Assert.That(Events.State, Is.EqualTo(TransportState.Stopped));
        }

        [Test]
        public void WhoLeavesWaitsForNothing()
        {
            var may = new ManualResetEvent(false);
            Bridge.Ends = Events.Ends = () => may.WaitOne(Talk.PatienceMs);
            Client.Close();
            Assert.That(Client.AwaitEnd(0), Is.False);
            Client.Dispose(); // waits, but not for long
            Assert.That(Bridge.State, Is.Not.EqualTo(TransportState.Stopped));
            may.Set();
            Assert.That(Client.AwaitEnd(Talk.PatienceMs), Is.True);
            Assert.That(Bridge.State, Is.EqualTo(TransportState.Stopped));
            Assert.That(Events.State, Is.EqualTo(TransportState.Stopped));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void WhatCannotBeEndedKeepsNothingElse(bool ofEvents)
        {
            MemoryTransport stuck = ofEvents ? Events : Bridge;
            MemoryTransport other = ofEvents ? Bridge : Events;
            stuck.Ends = () => { throw new TransportException(TransportFault.Stopped, "stuck"); };
            var error = Assert.Throws<TransportException>(Client.Dispose);
            Assert.That(error.Message, Is.EqualTo("stuck"));
            Assert.That(other.State, Is.EqualTo(TransportState.Stopped));
        }
    }
}
