using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Poly1305 (RFC 8439, section 2.5): a polynomial modulo 2^130 - 5 in limbs of 32 bits, without
    /// branches on what is secret. The key's lowest and highest bits are clear, so that products
    /// need no carry before they are summed: a limb and what it may carry stay below 3.25 * 2^32,
    /// times the 2^28 of the key's, four times, below 2^64.
    /// </summary>
    public sealed class Poly1305
    {
        /// <summary>Bytes of a tag.</summary>
        public const int TagBytes = 16;

        private const int BlockWords = 4;
        private const int ChunkBytes = 4096;

        private readonly uint[] _chunk = new uint[ChunkBytes / 4];
        private readonly byte[] _last = new byte[16];
        private uint _r0, _r1, _r2, _r3;
        private ulong _h0, _h1, _h2, _h3, _h4;

        /// <summary>The tag of bytes under a key of 8 words that is used for them only.</summary>
        public void Tag(uint[] key, byte[] bytes, int offset, int count, uint[] tag)
        {
            _r0 = key[0] & 0x0fffffff;
            _r1 = key[1] & 0x0ffffffc;
            _r2 = key[2] & 0x0ffffffc;
            _r3 = key[3] & 0x0ffffffc;
            _h0 = _h1 = _h2 = _h3 = _h4 = 0;
            while (count >= 16)
            {
                int some = Math.Min(count & ~15, ChunkBytes);
                Buffer.BlockCopy(bytes, offset, _chunk, 0, some);
                Blocks(some / 4, 1);
                offset += some;
                count -= some;
            }
            if (count > 0)
            {
                Array.Clear(_last, 0, _last.Length);
                Buffer.BlockCopy(bytes, offset, _last, 0, count);
                _last[count] = 1;
                Buffer.BlockCopy(_last, 0, _chunk, 0, _last.Length);
                Blocks(BlockWords, 0);
            }
            Finish(key, tag);
            _r0 = _r1 = _r2 = _r3 = 0;
            _h0 = _h1 = _h2 = _h3 = _h4 = 0;
        }

        private void Blocks(int words, uint high)
        {
            uint[] chunk = _chunk;
            ulong r0 = _r0, r1 = _r1, r2 = _r2, r3 = _r3;
            ulong s1 = r1 + (r1 >> 2), s2 = r2 + (r2 >> 2), s3 = r3 + (r3 >> 2); // 5 / 4 of them
            ulong h0 = _h0, h1 = _h1, h2 = _h2, h3 = _h3, h4 = _h4;
            for (int i = 0; i < words; i += BlockWords)
            {
                h0 += chunk[i];
                h1 += chunk[i + 1];
                h2 += chunk[i + 2];
                h3 += chunk[i + 3];
                h4 += high;
                ulong d0 = h0 * r0 + h1 * s3 + h2 * s2 + h3 * s1;
                ulong d1 = h0 * r1 + h1 * r0 + h2 * s3 + h3 * s2 + h4 * s1 + (d0 >> 32);
                ulong d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s3 + h4 * s2 + (d1 >> 32);
                ulong d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s3 + (d2 >> 32);
                h4 = h4 * r0 + (d3 >> 32);
                h0 = (uint)d0 + 5 * (h4 >> 2); // 2^130 is 5
                h1 = (uint)d1;
                h2 = (uint)d2;
                h3 = (uint)d3;
                h4 &= 3;
            }
            _h0 = h0;
            _h1 = h1;
            _h2 = h2;
            _h3 = h3;
            _h4 = h4;
        }

        private void Finish(uint[] key, uint[] tag)
        {
            Carry();
            Carry();
            // h - (2^130 - 5), which is taken if it is not below zero.
            ulong g0 = _h0 + 5;
            ulong g1 = _h1 + (g0 >> 32);
            ulong g2 = _h2 + (g1 >> 32);
            ulong g3 = _h3 + (g2 >> 32);
            uint take = 0 - (uint)((_h4 + (g3 >> 32)) >> 2);
            ulong sum = (ulong)Select(take, (uint)g0, (uint)_h0) + key[4];
            tag[0] = (uint)sum;
            sum = (ulong)Select(take, (uint)g1, (uint)_h1) + key[5] + (sum >> 32);
            tag[1] = (uint)sum;
            sum = (ulong)Select(take, (uint)g2, (uint)_h2) + key[6] + (sum >> 32);
            tag[2] = (uint)sum;
            sum = (ulong)Select(take, (uint)g3, (uint)_h3) + key[7] + (sum >> 32);
            tag[3] = (uint)sum;
        }

        private void Carry()
        {
            _h0 += 5 * (_h4 >> 2);
            _h4 &= 3;
            _h1 += _h0 >> 32;
            _h0 = (uint)_h0;
            _h2 += _h1 >> 32;
            _h1 = (uint)_h1;
            _h3 += _h2 >> 32;
            _h2 = (uint)_h2;
            _h4 += _h3 >> 32;
            _h3 = (uint)_h3;
        }

        private static uint Select(uint mask, uint a, uint b)
        {
            return (a & mask) | (b & ~mask);
        }
    }
}
