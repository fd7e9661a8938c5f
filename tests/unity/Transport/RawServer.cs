using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

namespace Layerwalk.Tests
{
    /// <summary>Listens, and does with every connection what the test says.</summary>
    public sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener;
        private readonly Action<NetworkStream> _serve;
        private readonly List<TcpClient> _clients = new List<TcpClient>();
        private readonly Thread _thread;
        private readonly SemaphoreSlim _accepted = new SemaphoreSlim(0);
        private volatile bool _disposed;

        public RawServer(Action<NetworkStream> serve)
        {
            _serve = serve;
            _listener = new TcpListener(IPAddress.Loopback, 0);
            _listener.Start();
            Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
            _thread = new Thread(Accept);
            _thread.IsBackground = true;
            _thread.Start();
        }

        public int Port { get; private set; }

        public string Endpoint
        {
            get { return "tcp://127.0.0.1:" + Port; }
        }

        /// <summary>Waits for one more connection; false if there was none in time.</summary>
        public bool AwaitConnection(int timeoutMs)
        {
            return _accepted.Wait(timeoutMs);
        }

        /// <summary>The greeting of a server of this version.</summary>
        public static byte[] Greeting(string mechanism, byte minor)
        {
            var greeting = new byte[64];
            greeting[0] = 0xff;
            greeting[8] = 1;
            greeting[9] = 0x7f;
            greeting[10] = 3;
            greeting[11] = minor;
            Encoding.ASCII.GetBytes(mechanism, 0, mechanism.Length, greeting, 12);
            return greeting;
        }

        /// <summary>A frame whose length is written in one byte.</summary>
        public static byte[] Frame(int flags, byte[] body)
        {
            return Join(new[] { (byte)flags, (byte)body.Length }, body);
        }

        /// <summary>A command, behind its length.</summary>
        public static byte[] Command(string name, params byte[] body)
        {
            byte[] text = Encoding.ASCII.GetBytes(name);
            return Frame(4, Join(new[] { (byte)text.Length }, text, body));
        }

        /// <summary>A READY that says this type of socket.</summary>
        public static byte[] Ready(string type)
        {
            byte[] name = Encoding.ASCII.GetBytes("Socket-Type");
            byte[] value = Encoding.ASCII.GetBytes(type);
            return Command("READY", Join(
                new[] { (byte)name.Length }, name,
                new byte[] { 0, 0, 0, (byte)value.Length }, value));
        }

        public static byte[] Join(params byte[][] parts)
        {
            var all = new MemoryStream();
            foreach (byte[] part in parts)
                all.Write(part, 0, part.Length);
            return all.ToArray();
        }

        public static void Write(NetworkStream stream, params byte[][] parts)
        {
            byte[] all = Join(parts);
            stream.Write(all, 0, all.Length);
        }

        /// <summary>Reads until the client closes; what came.</summary>
        public static byte[] ReadToEnd(NetworkStream stream)
        {
            var all = new MemoryStream();
            var some = new byte[65536];
            int read;
            while ((read = stream.Read(some, 0, some.Length)) > 0)
                all.Write(some, 0, read);
            return all.ToArray();
        }

        public static byte[] ReadExactly(NetworkStream stream, int count)
        {
            var bytes = new byte[count];
            int done = 0;
            while (done < count)
            {
                int read = stream.Read(bytes, done, count - done);
                if (read == 0)
                    throw new EndOfStreamException();
                done += read;
            }
            return bytes;
        }

        public void Dispose()
        {
            _disposed = true;
            _listener.Stop();
            lock (_clients)
                foreach (TcpClient client in _clients)
                    client.Close();
            _thread.Join();
        }

        private void Accept()
        {
            try
            {
                while (!_disposed)
                {
                    TcpClient client = _listener.AcceptTcpClient();
                    client.NoDelay = true;
                    lock (_clients)
                        _clients.Add(client);
                    _accepted.Release();
                    var thread = new Thread(() => Serve(client));
                    thread.IsBackground = true;
                    thread.Start();
                }
            }
            catch (SocketException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }

        private void Serve(TcpClient client)
        {
            try
            {
                using (client)
                    _serve(client.GetStream());
            }
            catch (IOException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
            catch (InvalidOperationException)
            {
            }
        }
    }
}
