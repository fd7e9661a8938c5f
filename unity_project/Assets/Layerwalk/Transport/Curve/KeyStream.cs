using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// The key stream of one key and nonce, added to bytes by exclusive or: encrypts and decrypts.
    /// For one thread at a time; allocates nothing.
    /// </summary>
    internal sealed class KeyStream
    {
        public const int BlockBytes = 4 * Salsa20.Words;

        private const int ChunkBytes = 64 * BlockBytes; // stays in the nearest cache

        private readonly uint[] _state = new uint[Salsa20.Words];
        private readonly uint[] _words = new uint[ChunkBytes / 4];

        /// <summary>Begins with a key of 8 words and the second part of the nonce.</summary>
        public void Begin(uint[] key, uint n0, uint n1)
        {
            Salsa20.Begin(_state, key, n0, n1, 0, 0);
        }

        /// <summary>Adds the stream from one of its blocks on.</summary>
        public void Xor(byte[] bytes, int offset, int count, uint block)
        {
            uint[] state = _state;
            uint[] words = _words;
            state[8] = block; // a frame has less than 2^32 of them
            while (count > 0)
            {
                int some = Math.Min(count, ChunkBytes);
                Buffer.BlockCopy(bytes, offset, words, 0, some);
                for (int at = 0; at < some; at += BlockBytes)
                {
                    Salsa20.Xor(state, words, at >> 2);
                    state[8]++;
                }
                Buffer.BlockCopy(words, 0, bytes, offset, some);
                offset += some;
                count -= some;
            }
        }

        /// <summary>The words of the first block.</summary>
        public void First(uint[] target)
        {
            Array.Clear(target, 0, Salsa20.Words);
            _state[8] = 0;
            Salsa20.Xor(_state, target, 0);
        }

        /// <summary>Forgets the key, and what it made.</summary>
        public void Forget()
        {
            Array.Clear(_state, 0, _state.Length);
            Array.Clear(_words, 0, _words.Length);
        }
    }
}
