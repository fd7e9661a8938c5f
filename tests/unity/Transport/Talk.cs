using System;
using System.Collections.Generic;
using System.Text;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What the tests of the transport do again and again.</summary>
    public static class Talk
    {
        public const int PatienceMs = 30000;

        public static ArraySegment<byte>[] Frames(params byte[][] frames)
        {
            return Array.ConvertAll(frames, frame => new ArraySegment<byte>(frame));
        }

        public static ArraySegment<byte>[] Frames(params string[] frames)
        {
            return Frames(Array.ConvertAll(frames, Encoding.UTF8.GetBytes));
        }

        /// <summary>
        /// The bytes that peer.py makes: byte i of frame f is i * 31 + f modulo 251.
        /// </summary>
        public static byte[] Pattern(int frame, int size)
        {
            var bytes = new byte[size];
            for (int i = 0; i < size; i++)
                bytes[i] = (byte)((i % 251 * 31 + frame) % 251);
            return bytes;
        }

        /// <summary>Fails unless the error's message has all of these words.</summary>
        public static void Says(Exception error, params string[] words)
        {
            foreach (string word in words)
                Assert.That(error.Message.Contains(word), Is.True, word + ": " + error.Message);
        }

        /// <summary>Receives until this kind comes, and returns it; fails on any other.</summary>
        public static Received Expect(ITransport transport, ReceivedKind kind)
        {
            Received received;
            if (!transport.TryReceive(out received, PatienceMs))
                Assert.Fail("nothing came; " + transport.State + "; " + transport.Error);
            if (received.Kind != kind)
                Assert.Fail(kind + " was due, " + received.Kind + " came; " + received.Error);
            return received;
        }

        public static TransportException ExpectLost(ITransport transport)
        {
            return Expect(transport, ReceivedKind.Lost).Error;
        }

        public static DealerSocket Dealer(
            string endpoint, ZmtpSecurity security, ZmtpOptions options)
        {
            var dealer = new DealerSocket(endpoint, security, options);
            dealer.Start();
            return dealer;
        }

        /// <summary>A DEALER whose connection was there.</summary>
        public static DealerSocket Connected(string endpoint, ZmtpSecurity security)
        {
            DealerSocket dealer = Dealer(endpoint, security, null);
            Expect(dealer, ReceivedKind.Connected);
            return dealer;
        }

        /// <summary>Sends frames, and returns a copy of those that come back.</summary>
        public static List<byte[]> Ask(ITransport transport, ArraySegment<byte>[] frames)
        {
            Assert.That(transport.Send(frames), Is.True);
            return Answer(transport);
        }

        public static List<byte[]> Answer(ITransport transport)
        {
            using (Received received = Expect(transport, ReceivedKind.Message))
                return Copy(received);
        }

        public static List<byte[]> Copy(Received received)
        {
            var copies = new List<byte[]>();
            for (int i = 0; i < received.Count; i++)
            {
                var copy = new byte[received[i].Count];
                Buffer.BlockCopy(
                    received[i].Array, received[i].Offset, copy, 0, copy.Length);
                copies.Add(copy);
            }
            return copies;
        }
    }
}
