using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

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
            TransportException failed = null;
            foreach (IPAddress address in Addresses(endpoint, untilMs, stop))
            {
                Socket socket = null;
                try
                {
                    socket = new Socket(
                        address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                    socket.ReceiveBufferSize = SocketBytes;
                    IAsyncResult attempt = socket.BeginConnect(address, endpoint.Port, null, null);
                    Await(attempt, endpoint, untilMs, stop);
                    socket.EndConnect(attempt);
                    return new TcpLine(socket, endpoint, stop);
                }
                catch (SocketException error)
                {
                    if (socket != null)
                        socket.Close();
                    failed = Unreachable(endpoint, error);
                }
                catch (TransportException)
                {
                    socket.Close();
                    throw;
                }
            }
            throw failed ?? Unreachable(endpoint, new SocketException(11001));
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
                throw Unreachable(endpoint, error);
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

        private static TransportException Unreachable(Endpoint endpoint, SocketException error)
        {
            return new TransportException(
                TransportFault.Unreachable,
                endpoint + " cannot be reached (" + error.SocketErrorCode
                    + "); is the bridge running, and is this the endpoint it printed?");
        }
    }
}
