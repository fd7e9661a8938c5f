using System;
using System.Threading;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Adds a key stream to what is long on two threads: the caller's, and one of its own that
    /// begins with the first long piece. Both take one part after the other, so that a helper that
    /// wakes late, or finds no core free, costs little. Allocates nothing after that.
    /// </summary>
    internal sealed class TwoThreads : IDisposable
    {
        public const int LongBytes = 64 << 10; // shorter ones are done before the helper wakes

        private const int PartBytes = 16 << 10;
        private const uint PartBlocks = PartBytes / KeyStream.BlockBytes;

        private readonly KeyStream _own;
        private readonly KeyStream _helpers = new KeyStream();
        private readonly ManualResetEventSlim _begun = new ManualResetEventSlim();
        private readonly ManualResetEventSlim _done = new ManualResetEventSlim();
        private Thread _thread;
        private byte[] _bytes;
        private int _offset;
        private int _count;
        private uint _block;
        private int _left; // parts that nobody took yet; who takes one may read what is above
        private int _undone; // parts that are not finished
        private volatile bool _ends;

        /// <summary>With the caller's own stream.</summary>
        public TwoThreads(KeyStream own)
        {
            _own = own;
        }

        /// <summary>Parts that the helper did so far.</summary>
        public int Helped { get; private set; }

        /// <summary>The helper began, and has not ended.</summary>
        public bool HasHelper
        {
            get { return _thread != null && _thread.IsAlive; }
        }

        /// <summary>Adds the stream of this key, of which `own` has begun.</summary>
        public void Xor(
            uint[] key, uint n0, uint n1, byte[] bytes, int offset, int count, uint block)
        {
            if (count < LongBytes)
            {
                _own.Xor(bytes, offset, count, block);
                return;
            }
            _helpers.Begin(key, n0, n1);
            _bytes = bytes;
            _offset = offset;
            _count = count;
            _block = block;
            int parts = (count + PartBytes - 1) / PartBytes;
            _done.Reset();
            _undone = parts;
            Interlocked.Exchange(ref _left, parts);
            Wake();
            if (!Work(_own))
                _done.Wait();
            _bytes = null;
        }

        /// <summary>Ends the helper, and forgets its key.</summary>
        public void Dispose()
        {
            _ends = true;
            _begun.Set();
            if (_thread != null)
                _thread.Join();
            _helpers.Forget();
        }

        private void Wake()
        {
            if (_thread == null)
            {
                _thread = new Thread(Help);
                _thread.Name = "layerwalk decryption";
                _thread.IsBackground = true;
                _thread.Start();
            }
            _begun.Set();
        }

        private void Help()
        {
            while (!_ends)
            {
                _begun.Wait();
                _begun.Reset(); // before it looks: what begins meanwhile is seen or wakes it again
                if (Work(_helpers))
                    _done.Set();
            }
        }

        /// <summary>Takes parts while there are any; whether it finished the last of all.</summary>
        private bool Work(KeyStream stream)
        {
            bool last = false;
            int part;
            while ((part = Take()) >= 0)
            {
                int begin = part * PartBytes;
                int count = Math.Min(PartBytes, _count - begin);
                stream.Xor(_bytes, _offset + begin, count, _block + (uint)part * PartBlocks);
                if (stream == _helpers)
                    Helped++;
                last = Interlocked.Decrement(ref _undone) == 0;
            }
            return last;
        }

        private int Take()
        {
            while (true)
            {
                int left = Volatile.Read(ref _left);
                if (left == 0)
                    return -1;
                if (Interlocked.CompareExchange(ref _left, left - 1, left) == left)
                    return left - 1;
            }
        }
    }
}
