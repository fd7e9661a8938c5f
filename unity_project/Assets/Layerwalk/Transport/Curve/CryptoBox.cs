using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// NaCl's crypto_box between two keys: X25519, XSalsa20, Poly1305. What is sealed is 16 bytes
    /// longer: the tag, then the encrypted bytes. For one thread at a time; allocates nothing.
    /// </summary>
    public sealed class CryptoBox : IDisposable
    {
        /// <summary>How much longer what is sealed is.</summary>
        public const int TagBytes = Poly1305.TagBytes;

        /// <summary>Bytes of a nonce, which must never be used twice under the same keys.</summary>
        public const int NonceBytes = 24;

        private const int BlockBytes = 4 * Salsa20.Words;
        private const int ChunkBytes = 64 * BlockBytes;
        private const int PolyKeyBytes = 32;

        private readonly Poly1305 _poly = new Poly1305();
        private readonly uint[] _key = new uint[8];
        private readonly uint[] _subkey = new uint[8];
        private readonly uint[] _polyKey = new uint[8];
        private readonly uint[] _nonce = new uint[6];
        private readonly uint[] _state = new uint[Salsa20.Words];
        private readonly uint[] _stream = new uint[ChunkBytes / 4];
        private readonly uint[] _words = new uint[ChunkBytes / 4];
        private readonly uint[] _tag = new uint[TagBytes / 4];
        private readonly uint[] _theirTag = new uint[TagBytes / 4];

        private CryptoBox(byte[] key)
        {
            Buffer.BlockCopy(key, 0, _key, 0, key.Length);
        }

        /// <summary>
        /// The box of a public key and our secret key. Throws TransportException for a public key
        /// of small order, which would make the shared secret known to everybody.
        /// </summary>
        public static CryptoBox Between(byte[] publicKey, byte[] secretKey)
        {
            byte[] shared = X25519.Multiply(secretKey, publicKey);
            int any = 0;
            foreach (byte part in shared)
                any |= part;
            if (any == 0)
                throw FrameReader.Wrong("a public key of small order");
            var box = new CryptoBox(shared);
            Salsa20.Begin(box._state, box._key, 0, 0, 0, 0);
            Salsa20.Hash(box._state, box._stream, box._key);
            Array.Clear(shared, 0, shared.Length);
            return box;
        }

        /// <summary>The box of a key that is shared already (crypto_secretbox).</summary>
        public static CryptoBox WithKey(byte[] key)
        {
            return new CryptoBox(key);
        }

        /// <summary>Another box of the same keys, for another thread.</summary>
        public CryptoBox Twin()
        {
            var twin = new CryptoBox(new byte[0]);
            _key.CopyTo(twin._key, 0);
            return twin;
        }

        /// <summary>
        /// Seals `count` bytes that stand TagBytes behind `offset`, where they are; the tag goes
        /// before them.
        /// </summary>
        public void Seal(byte[] nonce, byte[] bytes, int offset, int count)
        {
            int at = offset + TagBytes;
            Begin(nonce);
            Encrypt(bytes, at, count);
            _poly.Tag(_polyKey, bytes, at, count, _tag);
            Buffer.BlockCopy(_tag, 0, bytes, offset, TagBytes);
        }

        /// <summary>
        /// Opens `count` sealed bytes, tag included, where they are: count - TagBytes then stand
        /// TagBytes behind `offset`. False, and nothing is changed, if they are not authentic.
        /// </summary>
        public bool Open(byte[] nonce, byte[] bytes, int offset, int count)
        {
            if (count < TagBytes)
                return false;
            int at = offset + TagBytes;
            Begin(nonce);
            _poly.Tag(_polyKey, bytes, at, count - TagBytes, _tag);
            Buffer.BlockCopy(bytes, offset, _theirTag, 0, TagBytes);
            uint difference = 0;
            for (int i = 0; i < _tag.Length; i++)
                difference |= _tag[i] ^ _theirTag[i];
            if (difference != 0)
                return false;
            Encrypt(bytes, at, count - TagBytes);
            return true;
        }

        /// <summary>Forgets the key.</summary>
        public void Dispose()
        {
            foreach (uint[] secret in new[] { _key, _subkey, _polyKey, _state, _stream, _words })
                Array.Clear(secret, 0, secret.Length);
        }

        /// <summary>The first block of the key stream, half of which is Poly1305's key.</summary>
        private void Begin(byte[] nonce)
        {
            Buffer.BlockCopy(nonce, 0, _nonce, 0, NonceBytes);
            Salsa20.Begin(_state, _key, _nonce[0], _nonce[1], _nonce[2], _nonce[3]);
            Salsa20.Hash(_state, _stream, _subkey);
            Salsa20.Begin(_state, _subkey, _nonce[4], _nonce[5], 0, 0);
            Blocks(1);
            Array.Copy(_stream, _polyKey, _polyKey.Length);
        }

        /// <summary>Encrypts or decrypts, from the second half of the first block on.</summary>
        private void Encrypt(byte[] bytes, int offset, int count)
        {
            int some = Math.Min(count, BlockBytes - PolyKeyBytes);
            Xor(bytes, offset, some, PolyKeyBytes / 4);
            offset += some;
            count -= some;
            while (count > 0)
            {
                some = Math.Min(count, ChunkBytes);
                Blocks((some + BlockBytes - 1) / BlockBytes);
                Xor(bytes, offset, some, 0);
                offset += some;
                count -= some;
            }
        }

        private void Blocks(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Salsa20.Mix(_state, _stream, Salsa20.Words * i);
                _state[8]++;
                _state[9] += (uint)(((ulong)_state[8] - 1) >> 63); // the counter's other half
            }
        }

        private void Xor(byte[] bytes, int offset, int count, int stream)
        {
            uint[] words = _words;
            uint[] keys = _stream;
            Buffer.BlockCopy(bytes, offset, words, 0, count);
            int used = (count + 3) / 4;
            for (int i = 0; i < used; i++)
                words[i] ^= keys[stream + i];
            Buffer.BlockCopy(words, 0, bytes, offset, count);
        }
    }
}
