using System;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Threading;

[assembly: InternalsVisibleTo("Layerwalk.Tests")]

namespace Layerwalk.Transport
{
    /// <summary>
    /// A TCP connection whose calls end at a deadline, or soon after it was asked to stop. The
    /// socket does not block: a system's own time-outs leave some sockets in an undefined state.
    /// </summary>
    internal sealed class TcpLine : IDisposable
    {
        private const int SliceMs = 50; // how soon a request to stop is noticed
        private const int SocketBytes = 1 << 20;

        private readonly Socket _socket;
        private readonly Endpoint _endpoint;
        private readonly ManualResetEventSlim _stop;
        private volatile bool _aborted;

        private TcpLine(Socket socket, Endpoint endpoint, ManualResetEventSlim stop)
        {
            _socket = socket;
            _endpoint = endpoint;
            _stop = stop;
            socket.Blocking = false;
            socket.NoDelay = true;
        }

        /// <summary>Connects. Throws TransportException.</summary>
        public static TcpLine Open(Endpoint endpoint, int timeoutMs, ManualResetEventSlim stop)
        {
            long untilMs = Clock.NowMs + timeoutMs;
            return Open(endpoint, Addresses(endpoint, untilMs, stop), untilMs, stop);
        }

        /// <summary>
        /// Connects to the first of these addresses that answers. Each has its share of the time
        /// that is left: behind a name there may be one that nobody answers, such as that of
        /// IPv6 in a network without it.
        /// </summary>
        internal static TcpLine Open(
            Endpoint endpoint, IPAddress[] addresses, long untilMs, ManualResetEventSlim stop)
        {
            TransportException failed = null;
            for (int i = 0; i < addresses.Length; i++)
                try
                {
                    long nowMs = Clock.NowMs;
                    long shareMs = (untilMs - nowMs) / (addresses.Length - i);
                    return Open(endpoint, addresses[i], nowMs + shareMs, stop);
                }
                catch (TransportException error)
                {
                    if (error.Fault != TransportFault.Unreachable)
                        throw;
                    failed = error;
                }
            throw failed ?? Unreachable(endpoint, SocketError.HostNotFound);
        }

        /// <summary>Reads at least one byte, at most `count`.</summary>
        public int Receive(byte[] buffer, int offset, int count, long untilMs)
        {
            try
            {
                while (true)
                {
                    SocketError error;
                    int read = _socket.Receive(buffer, offset, count, SocketFlags.None, out error);
                    if (read > 0)
                        return read;
                    if (!Again(error))
                        throw Ended(error);
                    Wait(SelectMode.SelectRead, untilMs);
                }
            }
            catch (ObjectDisposedException)
            {
                throw Ended(SocketError.OperationAborted);
            }
            catch (SocketException error)
            {
                throw Ended(error.SocketErrorCode);
            }
        }

        /// <summary>Writes all of it.</summary>
        public void Send(byte[] buffer, int offset, int count, long untilMs)
        {
            try
            {
                while (count > 0)
                {
                    SocketError error;
                    int sent = _socket.Send(buffer, offset, count, SocketFlags.None, out error);
                    if (sent <= 0 && !Again(error))
                        throw Ended(error);
                    if (sent <= 0)
                        Wait(SelectMode.SelectWrite, untilMs);
                    offset += Math.Max(sent, 0);
                    count -= Math.Max(sent, 0);
                }
            }
            catch (ObjectDisposedException)
            {
                throw Ended(SocketError.OperationAborted);
            }
            catch (SocketException error)
            {
                throw Ended(error.SocketErrorCode);
            }
        }

        /// <summary>Ends what other threads do with the line, now.</summary>
        public void Abort()
        {
            _aborted = true;
            try
            {
                _socket.Shutdown(SocketShutdown.Both); // wakes who waits for the peer
            }
            catch (SocketException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }

        public void Dispose()
        {
            _aborted = true;
            _socket.Close();
        }

        private static TcpLine Open(
            Endpoint endpoint, IPAddress address, long untilMs, ManualResetEventSlim stop)
        {
            Socket socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.ReceiveBufferSize = SocketBytes;
                IAsyncResult attempt = socket.BeginConnect(address, endpoint.Port, null, null);
                Await(attempt, endpoint, untilMs, stop);
                socket.EndConnect(attempt);
                return new TcpLine(socket, endpoint, stop);
            }
            catch (Exception error)
            {
                if (socket != null)
                    socket.Close();
                var broken = error as SocketException;
                if (broken == null)
                    throw;
                throw Unreachable(endpoint, broken.SocketErrorCode);
            }
        }

        private static IPAddress[] Addresses(
            Endpoint endpoint, long untilMs, ManualResetEventSlim stop)
        {
            IPAddress address;
            if (IPAddress.TryParse(endpoint.Host, out address))
                return new[] { address };
            try
            {
                IAsyncResult asked = Dns.BeginGetHostAddresses(endpoint.Host, null, null);
                Await(asked, endpoint, untilMs, stop);
                return Dns.EndGetHostAddresses(asked);
            }
            catch (SocketException error)
            {
                throw Unreachable(endpoint, error.SocketErrorCode);
            }
        }

        private static void Await(
            IAsyncResult result, Endpoint endpoint, long untilMs, ManualResetEventSlim stop)
        {
            while (!result.AsyncWaitHandle.WaitOne(SliceMs))
            {
                if (stop.IsSet)
                    throw Stopped(endpoint);
                if (Clock.NowMs >= untilMs)
                    throw new TransportException(
                        TransportFault.Unreachable,
                        endpoint + " did not answer in time; is the bridge running, and is its "
                            + "port reachable from here?");
            }
        }

        private static bool Again(SocketError error)
        {
            return error == SocketError.WouldBlock || error == SocketError.IOPending
                || error == SocketError.Interrupted || error == SocketError.InProgress;
        }

        private void Wait(SelectMode mode, long untilMs)
        {
            do
            {
                if (_stop.IsSet || _aborted)
                    throw Stopped(_endpoint);
                if (Clock.NowMs >= untilMs)
                    throw new TransportException(
                        TransportFault.Silent,
                        _endpoint + " was silent for too long; the bridge hangs, its machine or "
                            + "the network is gone, or it is no ZeroMQ socket");
            }
            while (!_socket.Poll(1000 * SliceMs, mode));
        }

        private TransportException Ended(SocketError error)
        {
            if (_stop.IsSet || _aborted)
                return Stopped(_endpoint);
            string how = error == SocketError.Success ? "by the peer" : "(" + error + ")";
            return new TransportException(
                TransportFault.Lost,
                "the connection to " + _endpoint + " was closed " + how
                    + "; is the bridge still running?");
        }

        private static TransportException Stopped(Endpoint endpoint)
        {
            return new TransportException(
                TransportFault.Stopped, "the connection to " + endpoint + " was stopped");
        }

        private static TransportException Unreachable(Endpoint endpoint, SocketError error)
        {
            return new TransportException(
                TransportFault.Unreachable,
                endpoint + " cannot be reached (" + error
                    + "); is the bridge running, and is this the endpoint it printed?");
        }
    }
}
