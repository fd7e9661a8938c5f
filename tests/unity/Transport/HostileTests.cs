using System;
using System.Collections.Generic;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Servers that mean harm, or are none: always an error in time, never more.</summary>
    [TestFixture]
    public sealed class HostileTests
    {
        private const int PatientMs = 20000; // where something else has to end the connection
        private const int HurriedMs = 2000; // where nothing else does

        /// <summary>What a ROUTER says by NULL until messages can be sent.</summary>
        public static readonly byte[] Open = RawServer.Join(
            RawServer.Greeting("NULL", 1), RawServer.Ready("ROUTER"));

        private static ZmtpOptions Options(int timeoutMs)
        {
            return new ZmtpOptions
            {
                HandshakeTimeoutMs = timeoutMs,
                HeartbeatMs = 100,
                SilenceTimeoutMs = timeoutMs,
                MaxFrameBytes = 1 << 20,
                MaxMessageBytes = 4 << 20,
                FirstRetryMs = 60000,
                MaxRetryMs = 60000,
            };
        }

        private static DealerSocket Dealer(string endpoint, int timeoutMs)
        {
            return Talk.Dealer(endpoint, ZmtpSecurity.None, Options(timeoutMs));
        }

        /// <summary>How a DEALER's first connection to such a server ends.</summary>
        private static TransportException EndOf(Action<NetworkStream> serve, int timeoutMs)
        {
            using (var server = new RawServer(serve))
            using (DealerSocket dealer = Dealer(server.Endpoint, timeoutMs))
            {
                Received received;
                while (dealer.TryReceive(out received, Talk.PatienceMs))
                    using (received)
                        if (received.Kind == ReceivedKind.Lost)
                            return received.Error;
                throw new TimeoutException("the connection did not end: " + dealer.State);
            }
        }

        private static TransportException EndOf(Action<NetworkStream> serve)
        {
            return EndOf(serve, PatientMs);
        }

        /// <summary>The same for a server that says this, and then listens.</summary>
        private static TransportException EndOf(params byte[][] said)
        {
            return EndOf(Saying(said));
        }

        private static Action<NetworkStream> Saying(params byte[][] said)
        {
            return stream =>
            {
                RawServer.Write(stream, said);
                RawServer.ReadToEnd(stream);
            };
        }

        [TestCase("HTTP/1.1 400 Bad Request\r\nContent-Type: text/html; charset=utf-8\r\n\r\n")]
        [TestCase("SSH-2.0-OpenSSH_9.6 and enough of other words that sixty-four bytes are there")]
        public void AnotherProtocolIsToldApart(string said)
        {
            TransportException error = EndOf(Encoding.ASCII.GetBytes(said));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, "no greeting of ZeroMQ");
        }

        [Test]
        public void AnOldVersionIsToldApart()
        {
            byte[] greeting = RawServer.Greeting("NULL", 0);
            greeting[10] = 1;
            byte[] old = First(greeting, 12); // then it waits for ours
            TransportException error = EndOf(old);
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, "version 1 of ZMTP");
        }

        [Test]
        public void EveryBeginningOfTheHandshakeEndsWhenThePeerHangsUp()
        {
            for (int length = 0; length < Open.Length; length++)
            {
                byte[] cut = First(Open, length);
                TransportException error = EndOf(stream => RawServer.Write(stream, cut));
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Lost), "after " + length);
            }
        }

        [Test]
        public void EveryBeginningOfTheHandshakeEndsInTimeWhenThePeerStalls()
        {
            var faults = new List<TransportFault>();
            var threads = new List<Thread>();
            for (int length = 0; length < Open.Length; length++)
            {
                byte[] cut = First(Open, length);
                var thread = new Thread(() =>
                {
                    TransportFault fault = EndOf(Saying(cut), HurriedMs).Fault;
                    lock (faults)
                        faults.Add(fault);
                });
                thread.Start();
                threads.Add(thread);
            }
            threads.ForEach(thread => thread.Join());
            Assert.That(faults.Count, Is.EqualTo(Open.Length));
            Assert.That(faults, Is.All.EqualTo(TransportFault.Silent));
        }

        [TestCase("06 80 00 00 00 00 00 00 00", "9223372036854775808 bytes")]
        [TestCase("06 FF FF FF FF FF FF FF FF", "18446744073709551615 bytes")]
        [TestCase("06 00 00 00 00 7F FF FF FF", "2147483647 bytes")]
        [TestCase("08 01 00", "unknown flags 8")]
        [TestCase("FF 01 00", "unknown flags 255")]
        [TestCase("05 01 00", "command in several frames")]
        [TestCase("00 05 48 45 4C 4C 4F", "message before the handshake")]
        [TestCase("04 00", "command without a name")]
        [TestCase("04 01 00", "command without a name")]
        [TestCase("04 03 05 52 45", "command without a name")]
        [TestCase("04 06 05 48 45 4C 4C 4F", "HELLO where READY was due")]
        [TestCase("04 06 05 52 45 41 44 59", "without a Socket-Type")]
        [TestCase("04 07 05 52 45 41 44 59 00", "malformed metadata")]
        [TestCase("04 07 05 52 45 41 44 59 0B", "malformed metadata")]
        [TestCase("04 0C 05 52 45 41 44 59 01 41 FF FF FF FF", "malformed metadata")]
        [TestCase("04 0C 05 52 45 41 44 59 01 41 00 00 00 01", "malformed metadata")]
        public void NonsenseInTheHandshakeIsNamed(string bytes, string word)
        {
            TransportException error = EndOf(RawServer.Greeting("NULL", 1), Hex.Bytes(bytes));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, word);
        }

        [TestCase("02 80 00 00 00 00 00 00 00", "9223372036854775808 bytes")]
        [TestCase("02 00 00 00 00 00 10 00 01", "1048577 bytes")]
        [TestCase("10 01 00", "unknown flags 16")]
        [TestCase("04 00", "command without a name")]
        [TestCase("04 05 04 50 49 4E 47", "PING of only 0 bytes")]
        [TestCase("06 00 00 00 00 00 02 00 00", "command")]
        public void NonsenseAmongMessagesIsNamed(string bytes, string word)
        {
            byte[] all = RawServer.Join(Open, Hex.Bytes(bytes), new byte[200000]);
            TransportException error = EndOf(all);
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, word);
        }

        [TestCase("05 45 52 52 4F 52 03 34 30 30", "400")]
        [TestCase("05 45 52 52 4F 52 FF 34 30 30", "400")]
        [TestCase("05 45 52 52 4F 52 00", "(none)")]
        [TestCase("05 45 52 52 4F 52", "(none)")]
        [TestCase("5E 52 52 4F 52 03 34 30 30", "400")]
        [TestCase("5E 52 52 4F 52", "(none)")]
        [TestCase("05 45 52 52 4F 52 03 0A 1B 5B", "(??[)")]
        public void AnErrorOfThePeerIsItsRefusal(string bytes, string reason)
        {
            byte[] error = RawServer.Frame(4, Hex.Bytes(bytes));
            foreach (byte[] first in new[] { RawServer.Greeting("NULL", 1), Open })
            {
                TransportException end = EndOf(first, error);
                Assert.That(end.Fault, Is.EqualTo(TransportFault.Refused));
                Talk.Says(end, reason);
            }
        }

        [Test]
        public void UnknownCommandsAmongMessagesAreThoseOfNewerVersions()
        {
            byte[] message = RawServer.Frame(0, new byte[] { 7 });
            byte[] first = RawServer.Frame(1, new byte[] { 6 });
            byte[] command = RawServer.Command("FUTURE", 1, 2, 3);
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, Open, command, first, command, message);
                RawServer.ReadToEnd(stream);
            }))
            using (DealerSocket dealer = Dealer(server.Endpoint, PatientMs))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                List<byte[]> received = Talk.Answer(dealer);
                Assert.That(received.Count, Is.EqualTo(2));
                Assert.That(received[1], Is.EqualTo(new byte[] { 7 }));
            }
        }

        [Test]
        public void AMessageWithoutEndIsEndedAtItsFrames()
        {
            byte[] frame = RawServer.Frame(1, new byte[0]);
            TransportException error = EndOf(stream => Forever(stream, frame));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, "64 frames");
        }

        [TestCase(64)]
        [TestCase(65)]
        public void AMessageHasAtMostSoManyFrames(int count)
        {
            byte[] empty = new byte[0];
            byte[] message = RawServer.Join(
                Repeated(RawServer.Frame(1, empty), count - 1), RawServer.Frame(0, empty));
            using (var server = new RawServer(Saying(Open, message)))
            using (DealerSocket dealer = Dealer(server.Endpoint, PatientMs))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                if (count <= 64)
                    Assert.That(Talk.Answer(dealer).Count, Is.EqualTo(count));
                else
                    Talk.Says(Talk.ExpectLost(dealer), "more than 64 frames");
            }
        }

        [Test]
        public void AMessageWithoutEndIsEndedAtItsBytes()
        {
            byte[] head = Hex.Bytes("03 00 00 00 00 00 10 00 00");
            byte[] frame = RawServer.Join(head, new byte[1 << 20]);
            TransportException error = EndOf(stream => Forever(stream, frame));
            Assert.That(error.Fault, Is.EqualTo(TransportFault.Protocol));
            Talk.Says(error, "1048576 bytes, where at most");
        }

        [Test]
        public void AFloodOfPingsIsAnsweredWithinBounds()
        {
            byte[] pings = Repeated(RawServer.Command("PING", 0, 0, 1, 2, 3), 1000);
            long before = GC.GetTotalMemory(true);
            long most = 0;
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, Open);
                for (int i = 0; i < 1000; i++)
                    stream.Write(pings, 0, pings.Length); // and reads no PONG
                RawServer.Write(stream, RawServer.Frame(0, new byte[1]));
                RawServer.ReadToEnd(stream);
            }))
            using (DealerSocket dealer = Dealer(server.Endpoint, PatientMs))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Answer(dealer);
                most = GC.GetTotalMemory(true) - before;
            }
            Assert.That(most, Is.LessThan(8 << 20));
        }

        [Test]
        public void APingIsAnsweredWithItsContext()
        {
            byte[] pong = RawServer.Command("PONG", 9, 8, 7);
            byte[] rest = null;
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, Open, RawServer.Command("PING", 0, 100, 9, 8, 7));
                RawServer.ReadExactly(stream, 64 + RawServer.Ready("DEALER").Length + 8 + 5);
                rest = RawServer.ReadExactly(stream, pong.Length);
                RawServer.Write(stream, RawServer.Frame(0, new byte[1]));
                RawServer.ReadToEnd(stream);
            }))
            using (DealerSocket dealer = Talk.Dealer(server.Endpoint, ZmtpSecurity.None, null))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Talk.Answer(dealer);
                Assert.That(rest, Is.EqualTo(pong));
            }
        }

        [Test]
        public void APeerThatDoesNotReadFillsTheQueueAndNoMore()
        {
            var options = new ZmtpOptions { MaxUnsentBytes = 1 << 20 };
            var end = new ManualResetEvent(false);
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, Open);
                end.WaitOne();
            }))
            using (DealerSocket dealer = Talk.Dealer(server.Endpoint, ZmtpSecurity.None, options))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                ArraySegment<byte>[] frames = Talk.Frames(new byte[100000]);
                int sent = 0;
                while (sent < 1000 && dealer.Send(frames))
                    sent++;
                end.Set();
                Assert.That(sent, Is.LessThan(1000)); // the system's buffers hold some of it
            }
        }

        [Test]
        public void ALengthAloneCostsNoMemory()
        {
            ZmtpOptions options = Options(HurriedMs);
            options.MaxFrameBytes = 1 << 29;
            options.MaxMessageBytes = 1 << 29;
            long before = GC.GetTotalMemory(true);
            using (var server = new RawServer(stream =>
            {
                RawServer.Write(stream, Open, Hex.Bytes("02 00 00 00 00 20 00 00 00 00"));
                RawServer.ReadToEnd(stream);
            }))
            using (DealerSocket dealer = Talk.Dealer(server.Endpoint, ZmtpSecurity.None, options))
            {
                Talk.Expect(dealer, ReceivedKind.Connected);
                Assert.That(Talk.ExpectLost(dealer).Fault, Is.EqualTo(TransportFault.Silent));
                Assert.That(GC.GetTotalMemory(true) - before, Is.LessThan(40 << 20));
            }
        }

        [Test]
        public void OneByteAtATimeDoesNotHoldTheHandshakeOpen()
        {
            Action<NetworkStream> serve = Slowly(RawServer.Greeting("NULL", 1));
            Assert.That(EndOf(serve, HurriedMs).Fault, Is.EqualTo(TransportFault.Silent));
        }

        [Test]
        public void OneByteAtATimeDoesNotHoldAFrameOpen()
        {
            Action<NetworkStream> serve = stream =>
            {
                RawServer.Write(stream, Open, Hex.Bytes("02 00 00 00 00 00 0F 00 00"));
                Slowly(new byte[1000])(stream);
            };
            Assert.That(EndOf(serve, HurriedMs).Fault, Is.EqualTo(TransportFault.Silent));
        }

        [Test]
        public void RandomBytesEndEveryConnection()
        {
            var random = new Random(7);
            for (int i = 0; i < 200; i++)
            {
                var noise = new byte[random.Next(1, 400)];
                random.NextBytes(noise);
                byte[] before = i % 2 == 0 ? Open : RawServer.Greeting("NULL", 1);
                Assert.That(
                    EndOf(stream => RawServer.Write(stream, before, noise)), Is.Not.Null);
            }
        }

        private static byte[] Repeated(byte[] bytes, int count)
        {
            var parts = new byte[count][];
            for (int i = 0; i < count; i++)
                parts[i] = bytes;
            return RawServer.Join(parts);
        }

        private static void Forever(NetworkStream stream, byte[] frame)
        {
            RawServer.Write(stream, Open);
            while (true)
                stream.Write(frame, 0, frame.Length);
        }

        /// <summary>
        /// A byte a twentieth of the time-out, for ever: nothing else can be awaited.
        /// </summary>
        private static Action<NetworkStream> Slowly(byte[] bytes)
        {
            return stream =>
            {
                var tick = new ManualResetEvent(false);
                for (int i = 0; i < bytes.Length; i++)
                {
                    stream.WriteByte(bytes[i]);
                    tick.WaitOne(HurriedMs / 20);
                }
            };
        }

        private static byte[] First(byte[] from, int count)
        {
            var bytes = new byte[count];
            Buffer.BlockCopy(from, 0, bytes, 0, count);
            return bytes;
        }
    }
}
