using System;
using System.Collections.Generic;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Buffers and messages that are used again, so that receiving allocates nothing once it has
    /// settled. Four sizes an octave: at most a quarter of a buffer is unused. Any thread may call.
    /// </summary>
    public sealed class BufferPool
    {
        /// <summary>The largest buffer.</summary>
        public const int MaxBytes = 1 << 30;

        private const int MinBytes = 512;
        private const int Classes = 31 * 4;
        private const int KeptMessages = 4096;

        private readonly object _lock = new object();
        private readonly Stack<byte[]>[] _kept = new Stack<byte[]>[Classes];
        private readonly Stack<Multipart> _messages = new Stack<Multipart>();
        private readonly long _maxKeptBytes;
        private long _keptBytes;

        /// <summary>A pool that keeps at most so many bytes for later.</summary>
        public BufferPool(long maxKeptBytes)
        {
            _maxKeptBytes = maxKeptBytes;
        }

        /// <summary>The bytes that are kept for later.</summary>
        public long KeptBytes
        {
            get
            {
                lock (_lock)
                    return _keptBytes;
            }
        }

        /// <summary>A buffer of at least so many bytes; what is in it is undefined.</summary>
        public byte[] Rent(int bytes)
        {
            if (bytes < 0 || bytes > MaxBytes)
                throw new ArgumentOutOfRangeException(
                    "bytes", bytes + " bytes; a buffer has at most " + MaxBytes);
            int index = ClassOf(bytes);
            lock (_lock)
            {
                Stack<byte[]> kept = _kept[index];
                if (kept != null && kept.Count > 0)
                {
                    byte[] buffer = kept.Pop();
                    _keptBytes -= buffer.Length;
                    return buffer;
                }
            }
            return new byte[SizeOf(index)];
        }

        /// <summary>Takes a buffer back; one that is too much is left to the collector.</summary>
        public void Return(byte[] buffer)
        {
            int index = ClassOf(buffer.Length);
            if (SizeOf(index) != buffer.Length)
                return;
            lock (_lock)
            {
                if (_keptBytes + buffer.Length > _maxKeptBytes)
                    return;
                if (_kept[index] == null)
                    _kept[index] = new Stack<byte[]>();
                _kept[index].Push(buffer);
                _keptBytes += buffer.Length;
            }
        }

        /// <summary>A message without frames.</summary>
        public Multipart Multipart()
        {
            lock (_lock)
                return _messages.Count > 0 ? _messages.Pop() : new Multipart(this);
        }

        internal void Return(Multipart message)
        {
            lock (_lock)
                if (_messages.Count < KeptMessages)
                    _messages.Push(message);
        }

        // Sizes are 2^e + k * 2^(e - 2) with k from 1 to 4; the class is 4 e + k - 1.
        private static int ClassOf(int bytes)
        {
            int last = Math.Max(bytes, MinBytes) - 1;
            int exponent = 0;
            while (last >> (exponent + 1) != 0)
                exponent++;
            int quarter = (last - (1 << exponent)) >> (exponent - 2);
            return 4 * exponent + quarter;
        }

        private static int SizeOf(int index)
        {
            int exponent = index / 4;
            return (1 << exponent) + ((index % 4 + 1) << (exponent - 2));
        }
    }
}
