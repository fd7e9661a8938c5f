using System;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Connects again and again, on the reader's thread, with a pause that doubles from one attempt
    /// to the next until a connection lasts, and differs a little so that not all clients come back
    /// at once.
    /// </summary>
    internal sealed class Connector
    {
        private readonly string _type;
        private readonly string[] _peers;
        private readonly ZmtpSecurity _security;
        private readonly ZmtpOptions _options;
        private readonly InboundQueue _inbound;
        private readonly BufferPool _pool;
        private readonly ManualResetEventSlim _stop;
        private readonly Random _jitter = new Random(Guid.NewGuid().GetHashCode());
        private volatile TransportException _error;
        private volatile TcpLine _line;
        private int _state = (int)TransportState.Idle;

        public Connector(
            Endpoint endpoint,
            string type,
            string[] peers,
            ZmtpSecurity security,
            ZmtpOptions options,
            InboundQueue inbound,
            BufferPool pool,
            ManualResetEventSlim stop)
        {
            Endpoint = endpoint;
            _type = type;
            _peers = peers;
            _security = security;
            _options = options;
            _inbound = inbound;
            _pool = pool;
            _stop = stop;
        }

        public Endpoint Endpoint { get; private set; }

        /// <summary>Is called on the reader's thread when a connection begins.</summary>
        public Action<OutboundQueue> Begun { get; set; }

        /// <summary>Reads messages; null: nobody does.</summary>
        public Func<Multipart, Reading> Reader { get; set; }

        public TransportState State
        {
            get { return (TransportState)Volatile.Read(ref _state); }
            private set { Volatile.Write(ref _state, (int)value); }
        }

        public TransportException Error
        {
            get { return _error; }
        }

        /// <summary>Wakes the reader's thread, after `stop` was set.</summary>
        public void Wake()
        {
            TcpLine line = _line;
            if (line != null)
                line.Abort();
        }

        /// <summary>The reader's thread.</summary>
        public void Run()
        {
            int pauseMs = _options.FirstRetryMs;
            bool told = false; // failures that follow the first one are no news
            while (!_stop.IsSet)
            {
                State = TransportState.Connecting;
                bool ready;
                long beganMs = Clock.NowMs;
                TransportException error = Connection(out ready);
                if (_stop.IsSet)
                    break;
                _error = error;
                bool refused = error.Fault == TransportFault.Refused;
                State = refused ? TransportState.Refused : TransportState.Waiting;
                if (ready || refused || !told)
                    _inbound.Add(Received.Lost(error));
                if (refused)
                    return;
                told = true;
                if (ready && Clock.NowMs - beganMs > _options.MaxRetryMs)
                    pauseMs = _options.FirstRetryMs;
                _stop.Wait((int)(pauseMs * (0.75 + 0.5 * _jitter.NextDouble())));
                pauseMs = Math.Min(2 * pauseMs, _options.MaxRetryMs);
            }
        }

        /// <summary>One connection from beginning to end; why it ended.</summary>
        private TransportException Connection(out bool ready)
        {
            ready = false;
            try
            {
                using (TcpLine line = TcpLine.Open(Endpoint, _options.ConnectTimeoutMs, _stop))
                {
                    _line = line;
                    long untilMs = Clock.NowMs + _options.HandshakeTimeoutMs;
                    var reader = new FrameReader(line, untilMs);
                    var writer = new FrameWriter(line) { UntilMs = untilMs };
                    Mechanism mechanism = _security.Begin();
                    try
                    {
                        int minor = Handshake(reader, writer, mechanism);
                        int heartbeatMs = minor > 0 ? _options.HeartbeatMs : 0;
                        ready = true;
                        Serve(line, reader, writer, mechanism, heartbeatMs);
                    }
                    finally
                    {
                        mechanism.Forget();
                    }
                }
            }
            catch (TransportException error)
            {
                return error;
            }
            catch (Exception error) // a bug here must not end the application
            {
                return new TransportException(
                    TransportFault.Lost, "the client's transport failed: " + error);
            }
            return new TransportException(TransportFault.Stopped, "stopped");
        }

        /// <summary>The peer's minor version.</summary>
        private int Handshake(FrameReader reader, FrameWriter writer, Mechanism mechanism)
        {
            int minor = Greeting.Exchange(reader, writer, mechanism.Name);
            byte[] metadata = Metadata.Of(_type, _options.Identity);
            string peer = mechanism.Handshake(reader, writer, metadata);
            if (Array.IndexOf(_peers, peer) < 0)
                throw new TransportException(
                    TransportFault.Refused,
                    Endpoint + " is a " + Printable.Of(peer) + " socket, to which no " + _type
                        + " connects; give the other endpoint that the bridge told");
            return minor;
        }

        private void Serve(
            TcpLine line,
            FrameReader reader,
            FrameWriter writer,
            Mechanism mechanism,
            int heartbeatMs)
        {
            var outbound = new OutboundQueue(_options.MaxUnsentBytes);
            var sender = new Sender(line, writer, mechanism, outbound, heartbeatMs, _options);
            try
            {
                Begun(outbound);
                sender.SendFirst();
                writer.UntilMs = Clock.Never;
                State = TransportState.Ready;
                if (!_inbound.Add(Received.Connected(outbound)))
                    return;
                sender.Start();
                reader.KeepAlive(_options.SilenceTimeoutMs);
                var receiver = new Receiver(
                    reader, mechanism, outbound, _pool, _options, Reader);
                bool patient = heartbeatMs == 0;
                while (_inbound.Add(receiver.Next(patient)))
                {
                }
            }
            finally
            {
                sender.Stop();
            }
        }
    }
}
