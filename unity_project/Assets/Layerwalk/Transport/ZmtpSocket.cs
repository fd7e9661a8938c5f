using System;
using System.Collections.Generic;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// A ZeroMQ socket that connects to one endpoint, and again after every loss: ZMTP 3.0 over
    /// TCP. A thread of its own reads, another writes; all public members are for one thread.
    /// </summary>
    public abstract class ZmtpSocket : ITransport
    {
        private readonly ZmtpOptions _options;
        private readonly Connector _connector;
        private readonly InboundQueue _inbound;
        private readonly BufferPool _pool;
        private readonly ManualResetEventSlim _stop = new ManualResetEventSlim();
        private readonly Thread _thread;
        private OutboundQueue _told; // of the connection whose beginning was received
        private volatile bool _disposed;

        internal ZmtpSocket(
            string type,
            string[] peers,
            string endpoint,
            ZmtpSecurity security,
            ZmtpOptions options,
            bool dropsOldest)
        {
            _options = (options ?? new ZmtpOptions()).Checked();
            _pool = new BufferPool(_options.MaxPooledBytes);
            _inbound = new InboundQueue(
                _options.MaxQueuedMessages, _options.MaxQueuedBytes, dropsOldest);
            _connector = new Connector(
                Endpoint.Parse(endpoint), type, peers, security, _options, _inbound, _pool, _stop);
            _connector.Begun = Begun;
            _thread = new Thread(_connector.Run);
            _thread.Name = "layerwalk " + type + " reader";
            _thread.IsBackground = true;
        }

        /// <summary>What the socket is doing now.</summary>
        public TransportState State
        {
            get { return _disposed ? TransportState.Stopped : _connector.State; }
        }

        /// <summary>
        /// Why there was no connection the last time; null if nothing was wrong yet.
        /// </summary>
        public TransportException Error
        {
            get { return _connector.Error; }
        }

        /// <summary>The messages that were dropped because nobody received them in time.</summary>
        public long Dropped
        {
            get { return _inbound.Dropped; }
        }

        /// <summary>What came and waits to be received takes so many bytes.</summary>
        public long QueuedBytes
        {
            get { return _inbound.Bytes; }
        }

        /// <summary>
        /// Something can be received. Called on another thread, and must be quick.
        /// </summary>
        public event Action Arrived
        {
            add { _inbound.Arrived += value; }
            remove { _inbound.Arrived -= value; }
        }

        /// <summary>What a handler of Arrived threw last; null for nothing.</summary>
        public Exception HandlerError
        {
            get { return _inbound.HandlerError; }
        }

        /// <summary>
        /// Reads every message on the socket's thread; null: nobody does. To be set before Start.
        /// </summary>
        public Func<Multipart, Reading> Reader
        {
            get { return _connector.Reader; }
            set { _connector.Reader = value; }
        }

        /// <summary>Begins to connect.</summary>
        public void Start()
        {
            _thread.Start();
        }

        /// <summary>The next that happened; waits at most so many milliseconds for it.</summary>
        public bool TryReceive(out Received received, int timeoutMs)
        {
            bool any = _inbound.TryTake(out received, timeoutMs);
            if (any && received.Kind == ReceivedKind.Connected)
                _told = received.Outbound;
            return any;
        }

        /// <summary>Sends one message; see each socket.</summary>
        public virtual bool Send(IReadOnlyList<ArraySegment<byte>> frames)
        {
            Multipart message = _pool.Multipart();
            for (int i = 0; i < frames.Count; i++)
                message.Add(frames[i]);
            return Send(_told, message);
        }

        /// <summary>
        /// Closes the connection, once what was sent is on its way, and ends the threads. May be
        /// called again.
        /// </summary>
        public void Dispose()
        {
            if (_disposed)
                return;
            _disposed = true;
            if (_told != null)
                _told.AwaitSent(Clock.NowMs + _options.LingerMs);
            _stop.Set();
            _inbound.Close();
            _connector.Wake();
            bool started = (_thread.ThreadState & ThreadState.Unstarted) == 0;
            if (started && !_thread.Join(2 * _options.StopTimeoutMs))
                throw new TransportException(
                    TransportFault.Stopped,
                    "the thread of " + _connector.Endpoint + " did not end within "
                        + 2 * _options.StopTimeoutMs + " ms; it ends with the process");
        }

        /// <summary>A connection begins; what is added here is sent first.</summary>
        internal virtual void Begun(OutboundQueue outbound)
        {
        }

        internal bool SendNow(OutboundQueue outbound, ArraySegment<byte> frame)
        {
            Multipart message = _pool.Multipart();
            message.Add(frame);
            return Send(outbound, message);
        }

        private static bool Send(OutboundQueue outbound, Multipart message)
        {
            if (outbound != null && message.Count > 0 && outbound.TryAdd(message))
                return true;
            message.Release(message.Lease);
            return false;
        }
    }
}
