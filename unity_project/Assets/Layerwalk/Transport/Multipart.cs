using System;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>The frames of one message, in buffers of a pool.</summary>
    public sealed class Multipart
    {
        private readonly BufferPool _pool;
        private ArraySegment<byte>[] _frames = new ArraySegment<byte>[4];
        private int _lease;

        internal Multipart(BufferPool pool)
        {
            _pool = pool;
        }

        /// <summary>How many frames there are.</summary>
        public int Count { get; private set; }

        /// <summary>The bytes of all frames.</summary>
        public long Bytes { get; private set; }

        /// <summary>Goes up whenever the message is given back.</summary>
        internal int Lease
        {
            get { return Volatile.Read(ref _lease); }
        }

        /// <summary>One frame.</summary>
        public ArraySegment<byte> this[int index]
        {
            get
            {
                if (index < 0 || index >= Count)
                    throw new ArgumentOutOfRangeException(
                        "index", "frame " + index + " of a message that has " + Count);
                return _frames[index];
            }
        }

        /// <summary>Adds a copy of `frame`.</summary>
        public void Add(ArraySegment<byte> frame)
        {
            byte[] buffer = _pool.Rent(frame.Count);
            if (frame.Count > 0)
                Buffer.BlockCopy(frame.Array, frame.Offset, buffer, 0, frame.Count);
            Adopt(buffer, 0, frame.Count);
        }

        /// <summary>
        /// Adds a frame in a buffer of the pool, which is the message's from now on.
        /// </summary>
        internal void Adopt(byte[] buffer, int offset, int count)
        {
            if (Count == _frames.Length)
                Array.Resize(ref _frames, 2 * Count);
            _frames[Count++] = new ArraySegment<byte>(buffer, offset, count);
            Bytes += count;
        }

        /// <summary>Gives the buffers back, if this lease is not over yet.</summary>
        internal void Release(int lease)
        {
            if (Interlocked.CompareExchange(ref _lease, lease + 1, lease) != lease)
                return;
            for (int i = 0; i < Count; i++)
            {
                _pool.Return(_frames[i].Array);
                _frames[i] = default(ArraySegment<byte>);
            }
            Count = 0;
            Bytes = 0;
            _pool.Return(this);
        }
    }
}
