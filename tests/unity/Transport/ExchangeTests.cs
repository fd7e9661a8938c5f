using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Messages to and from libzmq, by every mechanism.</summary>
    [TestFixture]
    public sealed class ExchangeTests
    {
        [TestCase("null")]
        [TestCase("plain")]
        [TestCase("curve")]
        public void FramesOfEverySizeGoAndComeBackUnchanged(string mechanism)
        {
            int[] sizes = { 0, 1, 2, 222, 223, 254, 255, 256, 257, 4095, 32767, 65536, 1000003 };
            using (DealerSocket dealer = Connected(mechanism))
                foreach (int size in sizes)
                {
                    byte[] sent = Talk.Pattern(0, size);
                    List<byte[]> back = Talk.Ask(dealer, Talk.Frames(new byte[0], sent));
                    Assert.That(back.Count, Is.EqualTo(2));
                    Assert.That(back[1].SequenceEqual(sent), Is.True, "size " + size);
                }
        }

        [TestCase("null")]
        [TestCase("plain")]
        [TestCase("curve")]
        public void TwentyMebibytesGoThere(string mechanism)
        {
            byte[] large = Talk.Pattern(3, 20 << 20);
            ArraySegment<byte>[] frames = Talk.Frames(Encoding.ASCII.GetBytes("digest"), large);
            using (DealerSocket dealer = Connected(mechanism))
            using (SHA256 sha = SHA256.Create())
                Assert.That(Talk.Ask(dealer, frames)[0], Is.EqualTo(sha.ComputeHash(large)));
        }

        [TestCase("null")]
        [TestCase("plain")]
        [TestCase("curve")]
        public void TwentyMebibytesComeHere(string mechanism)
        {
            using (DealerSocket dealer = Connected(mechanism))
            {
                List<byte[]> made = Talk.Ask(dealer, Talk.Frames("make 1 7 20971520 0 1"));
                Assert.That(made.Select(f => f.Length), Is.EqualTo(new[] { 7, 20 << 20, 0, 1 }));
                for (int i = 0; i < made.Count; i++)
                    Assert.That(made[i].SequenceEqual(Talk.Pattern(i, made[i].Length)), Is.True);
            }
        }

        [TestCase("null", 1)]
        [TestCase("null", 64)]
        [TestCase("curve", 64)]
        public void MessagesOfManyFramesStayTogetherAndInOrder(string mechanism, int count)
        {
            using (DealerSocket dealer = Connected(mechanism))
                for (int repeat = 0; repeat < 20; repeat++)
                {
                    string[] frames = Enumerable.Range(0, count)
                        .Select(i => "frame " + repeat + "." + i)
                        .ToArray();
                    IEnumerable<string> back = Talk.Ask(dealer, Talk.Frames(frames))
                        .Select(Encoding.UTF8.GetString);
                    Assert.That(back, Is.EqualTo(frames));
                }
        }

        [TestCase("null")]
        [TestCase("curve")]
        public void ThousandsOfMessagesAreAllReceived(string mechanism)
        {
            using (DealerSocket dealer = Connected(mechanism))
            {
                Assert.That(dealer.Send(Talk.Frames("make 5000 10 300")), Is.True);
                for (int i = 0; i < 5000; i++)
                    Assert.That(Talk.Answer(dealer)[1].Length, Is.EqualTo(300));
            }
        }

        [TestCase("null")]
        [TestCase("curve")]
        public void ReceivingAllocatesNothingOnceItHasSettled(string mechanism)
        {
            const int Messages = 200000;
            using (DealerSocket dealer = Connected(mechanism))
            {
                ReceiveAll(dealer, 20000);
                GC.Collect();
                int before = GC.CollectionCount(0);
                ReceiveAll(dealer, Messages);
                // The smallest object of each message would be 4.8 MB: more than the nursery.
                Assert.That(GC.CollectionCount(0) - before, Is.LessThanOrEqualTo(1));
            }
        }

        private static void ReceiveAll(DealerSocket dealer, int count)
        {
            dealer.Send(Talk.Frames("make " + count + " 40 20"));
            Received received;
            for (int i = 0; i < count; i++)
            {
                if (!dealer.TryReceive(out received, Talk.PatienceMs) || received.Count != 2)
                    Assert.Fail("message " + i + " did not come");
                received.Dispose();
            }
        }

        [Test]
        public void TheIdentityIsTheRoutersName()
        {
            var options = new ZmtpOptions { Identity = Encoding.ASCII.GetBytes("headset 7") };
            using (DealerSocket dealer =
                Talk.Dealer(Running.Router("null").Endpoint, ZmtpSecurity.None, options))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                byte[] told = Talk.Ask(dealer, Talk.Frames("identity"))[0];
                Assert.That(Encoding.ASCII.GetString(told), Is.EqualTo("headset 7"));
            }
        }

        [Test]
        public void NothingIsSentBeforeTheBeginningOfTheConnectionWasReceived()
        {
            using (DealerSocket dealer =
                Talk.Dealer(Running.Router("null").Endpoint, ZmtpSecurity.None, null))
            {
                Assert.That(dealer.Send(Talk.Frames("too early")), Is.False);
                Talk.Expect(dealer, ReceivedKind.Connected);
                Assert.That(Talk.Ask(dealer, Talk.Frames("now"))[0].Length, Is.EqualTo(3));
            }
        }

        [Test]
        public void WhatWasReceivedCannotBeReadAfterDispose()
        {
            using (DealerSocket dealer = Connected("null"))
            {
                dealer.Send(Talk.Frames("make 2 10"));
                Received first = Talk.Expect(dealer, ReceivedKind.Message);
                first.Dispose();
                first.Dispose();
                using (Received second = Talk.Expect(dealer, ReceivedKind.Message))
                {
                    first.Dispose(); // must not give back what is the second's now
                    Assert.That(second[0].Count, Is.EqualTo(10));
                    Assert.Throws<ObjectDisposedException>(() => { object gone = first[0]; });
                }
            }
        }

        [Test]
        public void FramesAreCopiedWhenTheyAreSent()
        {
            using (DealerSocket dealer = Connected("null"))
            {
                byte[] bytes = Talk.Pattern(0, 100000);
                dealer.Send(Talk.Frames(bytes));
                Array.Clear(bytes, 0, bytes.Length);
                Assert.That(Talk.Answer(dealer)[0], Is.EqualTo(Talk.Pattern(0, 100000)));
            }
        }

        [Test]
        public void WhatIsNotReceivedWaitsInThePeerAndNothingIsLost()
        {
            var options = new ZmtpOptions { MaxQueuedMessages = 4, MaxQueuedBytes = 1 << 20 };
            using (DealerSocket dealer =
                Talk.Dealer(Running.Router("null").Endpoint, ZmtpSecurity.None, options))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                dealer.Send(Talk.Frames("make 400 100000"));
                long most = 0;
                for (int i = 0; i < 400; i++)
                {
                    most = Math.Max(most, dealer.QueuedBytes);
                    Assert.That(Talk.Answer(dealer)[0].Length, Is.EqualTo(100000));
                }
                Assert.That(most, Is.LessThanOrEqualTo(400000));
                Assert.That(dealer.Dropped, Is.EqualTo(0));
            }
        }

        [Test]
        public void DisposeEndsAThreadThatWaitsForRoom()
        {
            var options = new ZmtpOptions { MaxQueuedMessages = 1 };
            DealerSocket dealer =
                Talk.Dealer(Running.Router("null").Endpoint, ZmtpSecurity.None, options);
            Talk.Expect(dealer, ReceivedKind.Connected);
            dealer.Send(Talk.Frames("make 20 100000"));
            Talk.Answer(dealer);
            var watch = Stopwatch.StartNew();
            dealer.Dispose();
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(2000));
            Assert.That(dealer.State, Is.EqualTo(TransportState.Stopped));
        }

        private DealerSocket Connected(string mechanism)
        {
            Peer peer = Running.Router(mechanism);
            return Talk.Connected(peer.Endpoint, TestSecurity.For(peer, mechanism));
        }
    }
}
