using System;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Writes the messages of one connection, and its PINGs and PONGs, on a thread.
    /// </summary>
    internal sealed class Sender
    {
        private const int PingBytes = 5 + 2; // the name, and how long we may be silent
        private const int PongBytes = 5;

        private readonly TcpLine _line;
        private readonly FrameWriter _writer;
        private readonly Mechanism _mechanism;
        private readonly OutboundQueue _outbound;
        private readonly int _heartbeatMs;
        private readonly int _stopTimeoutMs;
        private readonly byte[] _ping = Command.New("PING", 2);
        private readonly byte[] _pong = Command.New("PONG", 16);
        private readonly Thread _thread;

        public Sender(
            TcpLine line,
            FrameWriter writer,
            Mechanism mechanism,
            OutboundQueue outbound,
            int heartbeatMs,
            ZmtpOptions options)
        {
            _line = line;
            _writer = writer;
            _mechanism = mechanism;
            _outbound = outbound;
            _heartbeatMs = heartbeatMs;
            _stopTimeoutMs = options.StopTimeoutMs;
            int lifeDs = Math.Min(options.SilenceTimeoutMs / 100, 65535);
            _ping[PingBytes - 2] = (byte)(lifeDs >> 8);
            _ping[PingBytes - 1] = (byte)lifeDs;
            _thread = new Thread(Run);
            _thread.Name = "layerwalk writer";
            _thread.IsBackground = true;
        }

        /// <summary>
        /// Sends what waits already, on the caller's thread: who hears of the connection may rely
        /// on its subscriptions being on their way.
        /// </summary>
        public void SendFirst()
        {
            Multipart message;
            while ((message = _outbound.Take()) != null)
                Send(message);
            _writer.Flush();
        }

        public void Start()
        {
            _thread.Start();
        }

        /// <summary>Ends the thread, whatever it is at.</summary>
        public void Stop()
        {
            _outbound.Close();
            _line.Abort();
            if ((_thread.ThreadState & ThreadState.Unstarted) == 0)
                _thread.Join(_stopTimeoutMs);
        }

        private void Run()
        {
            try
            {
                Send();
            }
            catch (TransportException)
            {
                _outbound.Close(); // the reader finds the same end of the connection, and says so
            }
            catch (Exception)
            {
                _outbound.Close();
                _line.Abort();
            }
        }

        private void Send()
        {
            long pingMs = _heartbeatMs > 0 ? Clock.NowMs + _heartbeatMs : Clock.Never;
            while (!_outbound.Closed)
            {
                int context = _outbound.TakePong(_pong, PongBytes);
                if (context >= 0)
                    Control(_pong, PongBytes + context);
                if (Clock.NowMs >= pingMs)
                {
                    Control(_ping, PingBytes);
                    pingMs = Clock.NowMs + _heartbeatMs;
                }
                Multipart message = _outbound.Take();
                if (message != null)
                {
                    Send(message);
                    continue;
                }
                _writer.Flush();
                _outbound.Wait(pingMs);
            }
        }

        private void Control(byte[] command, int count)
        {
            _mechanism.Write(_writer, FrameFlags.Command, command, 0, count);
        }

        private void Send(Multipart message)
        {
            long bytes = message.Bytes;
            try
            {
                for (int i = 0; i < message.Count; i++)
                {
                    ArraySegment<byte> frame = message[i];
                    int flags = i + 1 < message.Count ? FrameFlags.More : 0;
                    _mechanism.Write(_writer, flags, frame.Array, frame.Offset, frame.Count);
                }
            }
            finally
            {
                message.Release(message.Lease);
                _outbound.Sent(bytes);
            }
        }
    }
}
