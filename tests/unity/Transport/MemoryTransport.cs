using System;
using System.Collections.Generic;
using System.Threading;
using Layerwalk.Protocol;
using Layerwalk.Transport;

namespace Layerwalk.Tests
{
    /// <summary>
    /// A transport without a network: a test says what comes, and reads what was sent. It shows
    /// that a client can be given another library, and lets things happen in any order.
    /// </summary>
    public sealed class MemoryTransport : ITransport
    {
        private readonly BufferPool _pool = new BufferPool(1 << 20);
        private readonly Queue<Received> _coming = new Queue<Received>();
        private readonly MessagePackWriter _writer = new MessagePackWriter();

        private readonly ManualResetEvent _ended = new ManualResetEvent(false);

        public event Action Arrived;

        /// <summary>What the client sent and was not looked at yet.</summary>
        public readonly Queue<Message> Sent = new Queue<Message>();

        /// <summary>How often somebody looked whether anything came.</summary>
        public int Polls;

        /// <summary>Too much waits to be sent.</summary>
        public bool Full;

        /// <summary>What Dispose does, which may take its time or throw.</summary>
        public Action Ends = () => { };

        public Func<Multipart, Reading> Reader { get; set; }

        public TransportState State { get; private set; }

        public TransportException Error
        {
            get { return null; }
        }

        public void Start()
        {
            State = TransportState.Ready;
            Come(Received.Connected());
        }

        public void Come(Message message, params ArraySegment<byte>[] payloads)
        {
            Multipart parts = _pool.Multipart();
            foreach (ArraySegment<byte> part in Frames.Encode(_writer, message, payloads))
                parts.Add(part);
            Come(Received.Of(parts, Reader));
        }

        /// <summary>A message whose header is these bytes, and its payloads.</summary>
        public void Come(byte[] header, params ArraySegment<byte>[] payloads)
        {
            Multipart parts = _pool.Multipart();
            parts.Add(new ArraySegment<byte>(header));
            foreach (ArraySegment<byte> payload in payloads)
                parts.Add(payload);
            Come(Received.Of(parts, Reader));
        }

        public void Come(Received received)
        {
            _coming.Enqueue(received);
            if (Arrived != null)
                Arrived();
        }

        public bool TryReceive(out Received received, int timeoutMs)
        {
            Polls++;
            received = default(Received);
            if (_coming.Count == 0)
                return false;
            received = _coming.Dequeue();
            return true;
        }

        public bool Send(IReadOnlyList<ArraySegment<byte>> frames)
        {
            if (Full)
                return false;
            Sent.Enqueue(Frames.DecodeClient(new List<ArraySegment<byte>>(frames)).Message);
            return true;
        }

        public void Dispose()
        {
            Ends();
            State = TransportState.Stopped;
            _ended.Set();
        }

        /// <summary>Whether it was disposed, on whatever thread, before long.</summary>
        public bool AwaitEnd()
        {
            return _ended.WaitOne(Talk.PatienceMs);
        }
    }
}
