using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// NaCl's crypto_box between two keys: X25519, XSalsa20, Poly1305. What is sealed is 16 bytes
    /// longer: the tag, then the encrypted bytes. For one thread at a time, which gets help with long
    /// ones; allocates nothing.
    /// </summary>
    public sealed class CryptoBox : IDisposable
    {
        /// <summary>How much longer what is sealed is.</summary>
        public const int TagBytes = Poly1305.TagBytes;

        /// <summary>Bytes of a nonce, which must never be used twice under the same keys.</summary>
        public const int NonceBytes = 24;

        private const int PolyKeyBytes = 32;

        private readonly Poly1305 _poly = new Poly1305();
        private readonly uint[] _key = new uint[8];
        private readonly uint[] _subkey = new uint[8];
        private readonly uint[] _polyKey = new uint[8];
        private readonly uint[] _nonce = new uint[6];
        private readonly uint[] _state = new uint[Salsa20.Words];
        private readonly uint[] _first = new uint[Salsa20.Words];
        private readonly uint[] _words = new uint[(KeyStream.BlockBytes - PolyKeyBytes) / 4];
        private readonly KeyStream _stream = new KeyStream();
        private readonly TwoThreads _threads;
        private readonly uint[] _tag = new uint[TagBytes / 4];
        private readonly uint[] _theirTag = new uint[TagBytes / 4];

        private CryptoBox(byte[] key)
        {
            Buffer.BlockCopy(key, 0, _key, 0, key.Length);
            _threads = new TwoThreads(_stream);
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
            Salsa20.Hash(box._state, box._first, box._key);
            Array.Clear(shared, 0, shared.Length);
            return box;
        }

        /// <summary>The box of a key that is shared already (crypto_secretbox).</summary>
        public static CryptoBox WithKey(byte[] key)
        {
            return new CryptoBox(key);
        }

        internal TwoThreads Threads
        {
            get { return _threads; }
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

        /// <summary>Forgets the key, and ends its helper.</summary>
        public void Dispose()
        {
            _threads.Dispose();
            _stream.Forget();
            foreach (uint[] secret in new[] { _key, _subkey, _polyKey, _state, _first, _words })
                Array.Clear(secret, 0, secret.Length);
        }

        /// <summary>The first block of the key stream, half of which is Poly1305's key.</summary>
        private void Begin(byte[] nonce)
        {
            Buffer.BlockCopy(nonce, 0, _nonce, 0, NonceBytes);
            Salsa20.Begin(_state, _key, _nonce[0], _nonce[1], _nonce[2], _nonce[3]);
            Salsa20.Hash(_state, _first, _subkey);
            _stream.Begin(_subkey, _nonce[4], _nonce[5]);
            _stream.First(_first);
            Array.Copy(_first, _polyKey, _polyKey.Length);
        }

        /// <summary>Encrypts or decrypts, from the second half of the first block on.</summary>
        private void Encrypt(byte[] bytes, int offset, int count)
        {
            int some = Math.Min(count, KeyStream.BlockBytes - PolyKeyBytes);
            Buffer.BlockCopy(bytes, offset, _words, 0, some);
            for (int i = 0; i < _words.Length; i++)
                _words[i] ^= _first[PolyKeyBytes / 4 + i];
            Buffer.BlockCopy(_words, 0, bytes, offset, some);
            if (count > some)
                _threads.Xor(
                    _subkey, _nonce[4], _nonce[5], bytes, offset + some, count - some, 1);
        }
    }
}
