using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using Layerwalk.Protocol;
using Layerwalk.Transport;

namespace Layerwalk.Benchmarks
{
    /// <summary>
    /// Receives what tests/benchmarks/unity_transport.py sends, and prints how long it took.
    /// Arguments: what to measure (tcp, receive or decode), endpoint, mechanism, key or token,
    /// messages a round, bytes a round, rounds. Prints the milliseconds of each round, then
    /// `memory`, bytes that the receiving thread allocated, and collections of all threads.
    /// </summary>
    public static class Program
    {
        private static readonly Func<long> Allocated = (Func<long>)Delegate.CreateDelegate(
            typeof(Func<long>),
            typeof(GC).GetMethod(
                "GetAllocatedBytesForCurrentThread",
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic));

        private static readonly List<ArraySegment<byte>> Parts = new List<ArraySegment<byte>>();

        public static int Main(string[] arguments)
        {
            int messages = int.Parse(arguments[4], CultureInfo.InvariantCulture);
            long bytes = long.Parse(arguments[5], CultureInfo.InvariantCulture);
            int rounds = int.Parse(arguments[6], CultureInfo.InvariantCulture);
            if (arguments[0] == "tcp")
                using (var client = new TcpClient())
                {
                    Endpoint endpoint = Endpoint.Parse(arguments[1]);
                    client.Connect(endpoint.Host, endpoint.Port);
                    NetworkStream stream = client.GetStream();
                    var buffer = new byte[1 << 20];
                    Measure(rounds, () => Read(stream, buffer, bytes));
                    return 0;
                }
            using (var dealer = new DealerSocket(
                arguments[1], Secured(arguments[2], arguments[3]), BridgeClient.Settings()))
            {
                dealer.Start();
                Received connected;
                if (!dealer.TryReceive(out connected, 30000) || dealer.Error != null)
                    throw new InvalidOperationException("no connection: " + dealer.Error);
                ArraySegment<byte>[] go = { new ArraySegment<byte>(Encoding.ASCII.GetBytes("go")) };
                bool decode = arguments[0] == "decode";
                Measure(rounds, () => Receive(dealer, go, messages, bytes, decode));
            }
            return 0;
        }

        private static ZmtpSecurity Secured(string mechanism, string secret)
        {
            switch (mechanism)
            {
                case "plain":
                    return ZmtpSecurity.Plain(WireFormat.ZeroMQUser, secret);
                case "curve":
                    return ZmtpSecurity.Curve(secret, null);
                default:
                    return ZmtpSecurity.None;
            }
        }

        private static void Measure(int rounds, Action round)
        {
            for (int i = 0; i < 3; i++)
                round(); // compiled, and its buffers there
            var times = new double[rounds];
            GC.Collect();
            long allocated = Allocated();
            int collections = GC.CollectionCount(0);
            for (int i = 0; i < rounds; i++)
            {
                long began = Stopwatch.GetTimestamp();
                round();
                times[i] = 1e3 * (Stopwatch.GetTimestamp() - began) / Stopwatch.Frequency;
            }
            allocated = Allocated() - allocated;
            collections = GC.CollectionCount(0) - collections;
            foreach (double time in times)
                Console.WriteLine("ms " + time.ToString("R", CultureInfo.InvariantCulture));
            Console.WriteLine("memory " + allocated + " " + collections);
        }

        private static void Read(NetworkStream stream, byte[] buffer, long bytes)
        {
            stream.WriteByte(1);
            while (bytes > 0)
            {
                int read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, bytes));
                if (read == 0)
                    throw new InvalidOperationException("the sender hung up");
                bytes -= read;
            }
        }

        private static void Receive(
            DealerSocket dealer, ArraySegment<byte>[] go, int messages, long bytes, bool decode)
        {
            dealer.Send(go);
            for (int i = 0; i < messages; i++)
            {
                Received received;
                if (!dealer.TryReceive(out received, 30000))
                    throw new InvalidOperationException("nothing came: " + dealer.Error);
                bytes -= received.Bytes;
                if (decode)
                    Decode(received);
                received.Dispose();
            }
            if (bytes != 0)
                throw new InvalidOperationException(bytes + " bytes are missing");
        }

        private static void Decode(Received received)
        {
            Parts.Clear();
            for (int i = 0; i < received.Count; i++)
                Parts.Add(received[i]);
            LayerPages.Of(Frames.DecodeBridge(Parts));
        }
    }
}
