using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Salsa20's core, and what XSalsa20 makes of it (https://cr.yp.to/snuffle.html). Only sums,
    /// exclusive ors and rotations by constants: nothing takes longer for one key than another.
    /// Words are little-endian, as on every machine that Unity builds for.
    /// </summary>
    internal static class Salsa20
    {
        public const int Words = 16;

        /// <summary>The state of a key (8 words) and four words of nonce and counter.</summary>
        public static void Begin(uint[] state, uint[] key, uint n0, uint n1, uint n2, uint n3)
        {
            state[0] = 0x61707865; // "expand 32-byte k"
            state[5] = 0x3320646e;
            state[10] = 0x79622d32;
            state[15] = 0x6b206574;
            Array.Copy(key, 0, state, 1, 4);
            Array.Copy(key, 4, state, 11, 4);
            state[6] = n0;
            state[7] = n1;
            state[8] = n2;
            state[9] = n3;
        }

        /// <summary>
        /// The key that HSalsa20 makes of the state; `mixed` is room for a block.
        /// </summary>
        public static void Hash(uint[] state, uint[] mixed, uint[] key)
        {
            Array.Clear(mixed, 0, Words);
            Xor(state, mixed, 0);
            for (int i = 0; i < 4; i++)
            {
                key[i] = mixed[5 * i] - state[5 * i];
                key[4 + i] = mixed[6 + i] - state[6 + i];
            }
            Array.Clear(mixed, 0, Words);
        }

        /// <summary>
        /// One block of key stream, 20 rounds added to the state they began with, is added to
        /// `words` by exclusive or. Sums that do not wait for each other stand together.
        /// </summary>
        public static void Xor(uint[] s, uint[] words, int at)
        {
            uint x0 = s[0], x1 = s[1], x2 = s[2], x3 = s[3], x4 = s[4], x5 = s[5], x6 = s[6];
            uint x7 = s[7], x8 = s[8], x9 = s[9], x10 = s[10], x11 = s[11], x12 = s[12];
            uint x13 = s[13], x14 = s[14], x15 = s[15];
            uint t;
            for (int i = 0; i < 10; i++)
            {
                t = x0 + x12; x4 ^= (t << 7) | (t >> 25);
                t = x5 + x1; x9 ^= (t << 7) | (t >> 25);
                t = x10 + x6; x14 ^= (t << 7) | (t >> 25);
                t = x15 + x11; x3 ^= (t << 7) | (t >> 25);
                t = x4 + x0; x8 ^= (t << 9) | (t >> 23);
                t = x9 + x5; x13 ^= (t << 9) | (t >> 23);
                t = x14 + x10; x2 ^= (t << 9) | (t >> 23);
                t = x3 + x15; x7 ^= (t << 9) | (t >> 23);
                t = x8 + x4; x12 ^= (t << 13) | (t >> 19);
                t = x13 + x9; x1 ^= (t << 13) | (t >> 19);
                t = x2 + x14; x6 ^= (t << 13) | (t >> 19);
                t = x7 + x3; x11 ^= (t << 13) | (t >> 19);
                t = x12 + x8; x0 ^= (t << 18) | (t >> 14);
                t = x1 + x13; x5 ^= (t << 18) | (t >> 14);
                t = x6 + x2; x10 ^= (t << 18) | (t >> 14);
                t = x11 + x7; x15 ^= (t << 18) | (t >> 14);
                t = x0 + x3; x1 ^= (t << 7) | (t >> 25);
                t = x5 + x4; x6 ^= (t << 7) | (t >> 25);
                t = x10 + x9; x11 ^= (t << 7) | (t >> 25);
                t = x15 + x14; x12 ^= (t << 7) | (t >> 25);
                t = x1 + x0; x2 ^= (t << 9) | (t >> 23);
                t = x6 + x5; x7 ^= (t << 9) | (t >> 23);
                t = x11 + x10; x8 ^= (t << 9) | (t >> 23);
                t = x12 + x15; x13 ^= (t << 9) | (t >> 23);
                t = x2 + x1; x3 ^= (t << 13) | (t >> 19);
                t = x7 + x6; x4 ^= (t << 13) | (t >> 19);
                t = x8 + x11; x9 ^= (t << 13) | (t >> 19);
                t = x13 + x12; x14 ^= (t << 13) | (t >> 19);
                t = x3 + x2; x0 ^= (t << 18) | (t >> 14);
                t = x4 + x7; x5 ^= (t << 18) | (t >> 14);
                t = x9 + x8; x10 ^= (t << 18) | (t >> 14);
                t = x14 + x13; x15 ^= (t << 18) | (t >> 14);
            }
            words[at] ^= x0 + s[0];
            words[at + 1] ^= x1 + s[1];
            words[at + 2] ^= x2 + s[2];
            words[at + 3] ^= x3 + s[3];
            words[at + 4] ^= x4 + s[4];
            words[at + 5] ^= x5 + s[5];
            words[at + 6] ^= x6 + s[6];
            words[at + 7] ^= x7 + s[7];
            words[at + 8] ^= x8 + s[8];
            words[at + 9] ^= x9 + s[9];
            words[at + 10] ^= x10 + s[10];
            words[at + 11] ^= x11 + s[11];
            words[at + 12] ^= x12 + s[12];
            words[at + 13] ^= x13 + s[13];
            words[at + 14] ^= x14 + s[14];
            words[at + 15] ^= x15 + s[15];
        }
    }
}
