using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Poly1305 (RFC 8439, section 2.5): a polynomial modulo 2^130 - 5 in limbs of 26 bits, without
    /// branches on what is secret.
    /// </summary>
    public sealed class Poly1305
    {
        /// <summary>Bytes of a tag.</summary>
        public const int TagBytes = 16;

        private const uint Limb = 0x3ffffff;
        private const int BlockWords = 4;
        private const int ChunkBytes = 4096;

        private readonly uint[] _chunk = new uint[ChunkBytes / 4];
        private readonly byte[] _last = new byte[16];
        private uint _r0, _r1, _r2, _r3, _r4;
        private uint _h0, _h1, _h2, _h3, _h4;

        /// <summary>The tag of bytes under a key of 8 words that is used for them only.</summary>
        public void Tag(uint[] key, byte[] bytes, int offset, int count, uint[] tag)
        {
            _r0 = key[0] & Limb;
            _r1 = ((key[0] >> 26) | (key[1] << 6)) & 0x3ffff03;
            _r2 = ((key[1] >> 20) | (key[2] << 12)) & 0x3ffc0ff;
            _r3 = ((key[2] >> 14) | (key[3] << 18)) & 0x3f03fff;
            _r4 = (key[3] >> 8) & 0x00fffff;
            _h0 = _h1 = _h2 = _h3 = _h4 = 0;
            while (count >= 16)
            {
                int some = Math.Min(count & ~15, ChunkBytes);
                Buffer.BlockCopy(bytes, offset, _chunk, 0, some);
                Blocks(some / 4, 1 << 24);
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
            _r0 = _r1 = _r2 = _r3 = _r4 = 0;
        }

        private void Blocks(int words, uint high)
        {
            uint[] chunk = _chunk;
            ulong r0 = _r0, r1 = _r1, r2 = _r2, r3 = _r3, r4 = _r4;
            ulong s1 = 5 * r1, s2 = 5 * r2, s3 = 5 * r3, s4 = 5 * r4;
            ulong h0 = _h0, h1 = _h1, h2 = _h2, h3 = _h3, h4 = _h4;
            for (int i = 0; i < words; i += BlockWords)
            {
                uint t0 = chunk[i], t1 = chunk[i + 1], t2 = chunk[i + 2], t3 = chunk[i + 3];
                h0 += t0 & Limb;
                h1 += ((t0 >> 26) | (t1 << 6)) & Limb;
                h2 += ((t1 >> 20) | (t2 << 12)) & Limb;
                h3 += ((t2 >> 14) | (t3 << 18)) & Limb;
                h4 += (t3 >> 8) | high;
                ulong d0 = h0 * r0 + h1 * s4 + h2 * s3 + h3 * s2 + h4 * s1;
                ulong d1 = h0 * r1 + h1 * r0 + h2 * s4 + h3 * s3 + h4 * s2;
                ulong d2 = h0 * r2 + h1 * r1 + h2 * r0 + h3 * s4 + h4 * s3;
                ulong d3 = h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * s4;
                ulong d4 = h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0;
                d1 += d0 >> 26;
                d2 += d1 >> 26;
                d3 += d2 >> 26;
                d4 += d3 >> 26;
                h0 = (d0 & Limb) + 5 * (d4 >> 26);
                h1 = (d1 & Limb) + (h0 >> 26);
                h0 &= Limb;
                h2 = d2 & Limb;
                h3 = d3 & Limb;
                h4 = d4 & Limb;
            }
            _h0 = (uint)h0;
            _h1 = (uint)h1;
            _h2 = (uint)h2;
            _h3 = (uint)h3;
            _h4 = (uint)h4;
        }

        private void Finish(uint[] key, uint[] tag)
        {
            Carry();
            Carry();
            // h - (2^130 - 5), which is taken if it is not below zero.
            uint g0 = _h0 + 5;
            uint g1 = _h1 + (g0 >> 26);
            uint g2 = _h2 + (g1 >> 26);
            uint g3 = _h3 + (g2 >> 26);
            uint g4 = _h4 + (g3 >> 26) - (1 << 26);
            uint take = (g4 >> 31) - 1;
            uint h0 = Select(take, g0 & Limb, _h0);
            uint h1 = Select(take, g1 & Limb, _h1);
            uint h2 = Select(take, g2 & Limb, _h2);
            uint h3 = Select(take, g3 & Limb, _h3);
            uint h4 = Select(take, g4 & Limb, _h4);
            ulong sum = (ulong)(h0 | (h1 << 26)) + key[4];
            tag[0] = (uint)sum;
            sum = (ulong)((h1 >> 6) | (h2 << 20)) + key[5] + (sum >> 32);
            tag[1] = (uint)sum;
            sum = (ulong)((h2 >> 12) | (h3 << 14)) + key[6] + (sum >> 32);
            tag[2] = (uint)sum;
            sum = (ulong)((h3 >> 18) | (h4 << 8)) + key[7] + (sum >> 32);
            tag[3] = (uint)sum;
        }

        private void Carry()
        {
            _h2 += _h1 >> 26;
            _h1 &= Limb;
            _h3 += _h2 >> 26;
            _h2 &= Limb;
            _h4 += _h3 >> 26;
            _h3 &= Limb;
            _h0 += 5 * (_h4 >> 26);
            _h4 &= Limb;
            _h1 += _h0 >> 26;
            _h0 &= Limb;
        }

        private static uint Select(uint mask, uint a, uint b)
        {
            return (a & mask) | (b & ~mask);
        }
    }
}
