using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;

namespace Layerwalk.Tests
{
    /// <summary>Stands between a client and a peer, and changes what the peer says.</summary>
    public sealed class Proxy : IDisposable
    {
        private readonly int _port;
        private readonly Action<NetworkStream, NetworkStream> _downstream;
        private readonly RawServer _server;

        /// <summary>`downstream` gets what comes from the peer and writes to the client.</summary>
        public Proxy(int port, Action<NetworkStream, NetworkStream> downstream)
        {
            _port = port;
            _downstream = downstream;
            _server = new RawServer(Serve);
        }

        public string Endpoint
        {
            get { return _server.Endpoint; }
        }

        /// <summary>The first so many bytes; then the connection ends.</summary>
        public static Action<NetworkStream, NetworkStream> Cut(int bytes)
        {
            return (peer, client) =>
            {
                for (int i = 0; i < bytes; i++)
                    client.WriteByte(RawServer.ReadExactly(peer, 1)[0]);
            };
        }

        /// <summary>Everything, with one bit of one byte turned over.</summary>
        public static Action<NetworkStream, NetworkStream> Flip(int index)
        {
            return (peer, client) =>
            {
                for (int i = 0; i < index; i++)
                    client.WriteByte(RawServer.ReadExactly(peer, 1)[0]);
                client.WriteByte((byte)(RawServer.ReadExactly(peer, 1)[0] ^ 1));
                peer.CopyTo(client);
            };
        }

        public void Dispose()
        {
            _server.Dispose();
        }

        private void Serve(NetworkStream client)
        {
            using (var peer = new TcpClient("127.0.0.1", _port))
            {
                peer.NoDelay = true;
                NetworkStream stream = peer.GetStream();
                var upstream = new Thread(() => Copy(client, stream));
                upstream.IsBackground = true;
                upstream.Start();
                _downstream(stream, client);
            }
        }

        private static void Copy(NetworkStream from, NetworkStream to)
        {
            try
            {
                from.CopyTo(to);
                to.Close();
            }
            catch (IOException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }
}
