using System;
using System.Threading;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What a socket's thread does for its owner, and what its owner does to it.</summary>
    [TestFixture]
    public sealed class ReaderTests
    {
        private const int Values = 10000;

        private static ArraySegment<byte>[] Large()
        {
            var document = new Map<object>.Builder().Set("values", new object[Values]).Build();
            return Frames.Encode(new MessagePackWriter(), new Snapshot(1, 2, 3, document));
        }

        private static DealerSocket NotStarted()
        {
            return new DealerSocket(Running.Router("null").Endpoint, ZmtpSecurity.None, null);
        }

        [Test]
        public void MessagesAreReadOnTheSocketsThreadAndCountWhileTheyWait()
        {
            Func<Multipart, Reading> read = Reading.Reader();
            int thread = 0;
            using (var come = new SemaphoreSlim(0))
            using (DealerSocket dealer = NotStarted())
            {
                dealer.Reader = message =>
                {
                    thread = Thread.CurrentThread.ManagedThreadId;
                    return read(message);
                };
                dealer.Arrived += () => come.Release();
                dealer.Start();
                Talk.Expect(dealer, ReceivedKind.Connected);
                Assert.That(come.Wait(Talk.PatienceMs), Is.True); // of the connection
                dealer.Send(Large());
                Assert.That(come.Wait(Talk.PatienceMs), Is.True);
                Assert.That(thread, Is.Not.EqualTo(Thread.CurrentThread.ManagedThreadId));
                Assert.That(dealer.QueuedBytes, Is.GreaterThan(50 * Values));
                using (Received received = Talk.Expect(dealer, ReceivedKind.Message))
                    Assert.That(received.Reading.Decoded.Message, Is.InstanceOf<Snapshot>());
                Assert.That(dealer.QueuedBytes, Is.EqualTo(0));
            }
        }

        [Test]
        public void AHandlerThatThrowsEndsNothing()
        {
            int heard = 0;
            using (DealerSocket dealer = NotStarted())
            {
                dealer.Arrived += () => { throw new InvalidOperationException("a bug"); };
                dealer.Arrived += () => Interlocked.Increment(ref heard);
                dealer.Start();
                Talk.Expect(dealer, ReceivedKind.Connected);
                for (int i = 0; i < 3; i++)
                    Talk.Ask(dealer, Talk.Frames("still here"));
                Assert.That(dealer.State, Is.EqualTo(TransportState.Ready));
                Assert.That(dealer.HandlerError.Message, Is.EqualTo("a bug"));
                Assert.That(heard, Is.GreaterThanOrEqualTo(3)); // the last may not have been yet
            }
        }

        [Test]
        public void AHandlerThatLeftHearsNothing()
        {
            int heard = 0;
            Action handler = () => Interlocked.Increment(ref heard);
            using (DealerSocket dealer = NotStarted())
            {
                dealer.Arrived += handler;
                dealer.Arrived -= handler;
                dealer.Start();
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Ask(dealer, Talk.Frames("once", "more"));
            }
            Assert.That(heard, Is.EqualTo(0));
        }
    }
}
