using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Multiplication on Curve25519 (RFC 7748). Numbers modulo 2^255 - 19 are 16 limbs of 16 bits
    /// in longs. No branch and no index depends on a secret: the ladder swaps by masks.
    /// </summary>
    public static class X25519
    {
        /// <summary>Bytes of a point, and of a scalar.</summary>
        public const int Bytes = 32;

        private const int Limbs = 16;
        private const long A24 = 121665; // (486662 - 2) / 4

        /// <summary>The public key of a secret key.</summary>
        public static byte[] PublicKey(byte[] secret)
        {
            var basePoint = new byte[Bytes];
            basePoint[0] = 9;
            return Multiply(secret, basePoint);
        }

        /// <summary>
        /// `scalar` times the point with this x-coordinate, 32 bytes each. It is zero for points of
        /// small order, which whoever agrees on a key must refuse.
        /// </summary>
        public static byte[] Multiply(byte[] scalar, byte[] point)
        {
            var clamped = (byte[])scalar.Clone();
            clamped[0] &= 248;
            clamped[31] = (byte)((clamped[31] & 127) | 64);
            var ladder = new Ladder(Unpack(point));
            for (int bit = 254; bit >= 0; bit--)
                ladder.Step((clamped[bit >> 3] >> (bit & 7)) & 1);
            Array.Clear(clamped, 0, clamped.Length);
            return ladder.Result();
        }

        /// <summary>
        /// Montgomery's ladder: x2 / z2 and x3 / z3 are always one base point apart.
        /// </summary>
        private sealed class Ladder
        {
            private readonly long[] _x1;
            private readonly long[] _x2 = new long[Limbs];
            private readonly long[] _z2 = new long[Limbs];
            private readonly long[] _x3;
            private readonly long[] _z3 = new long[Limbs];
            private readonly long[] _sum = new long[Limbs];
            private readonly long[] _difference = new long[Limbs];
            private readonly long[] _other = new long[Limbs];
            private readonly long[] _wide = new long[2 * Limbs];

            public Ladder(long[] x1)
            {
                _x1 = x1;
                _x2[0] = 1;
                _x3 = (long[])x1.Clone();
                _z3[0] = 1;
            }

            public void Step(int bit)
            {
                Swap(_x2, _x3, bit);
                Swap(_z2, _z3, bit);
                AddAndDouble();
                Swap(_x2, _x3, bit);
                Swap(_z2, _z3, bit);
            }

            public byte[] Result()
            {
                long[] inverse = Inverse(_z2);
                Multiply(inverse, inverse, _x2);
                byte[] packed = Pack(inverse);
                foreach (long[] limbs in new[] { _x2, _z2, _x3, _z3, _sum, _difference, _other })
                    Array.Clear(limbs, 0, Limbs);
                Array.Clear(inverse, 0, Limbs);
                Array.Clear(_wide, 0, _wide.Length);
                return packed;
            }

            // RFC 7748, section 5, with A, B, C, D, AA, BB and E where there is room for them.
            private void AddAndDouble()
            {
                Add(_sum, _x2, _z2);
                Subtract(_difference, _x2, _z2);
                Add(_x2, _x3, _z3);
                Subtract(_z2, _x3, _z3);
                Multiply(_x3, _z2, _sum); // DA
                Multiply(_z3, _x2, _difference); // CB
                Multiply(_sum, _sum, _sum); // AA
                Multiply(_difference, _difference, _difference); // BB
                Add(_other, _x3, _z3);
                Subtract(_z3, _x3, _z3);
                Multiply(_x3, _other, _other);
                Multiply(_z3, _z3, _z3);
                Multiply(_z3, _z3, _x1);
                Multiply(_x2, _sum, _difference);
                Subtract(_other, _sum, _difference); // E
                for (int i = 0; i < Limbs; i++)
                    _difference[i] = A24 * _other[i];
                Add(_sum, _sum, _difference);
                Carry(_sum);
                Multiply(_z2, _other, _sum);
            }

            /// <summary>a^(2^255 - 21), which is 1 / a.</summary>
            private long[] Inverse(long[] a)
            {
                var power = (long[])a.Clone();
                for (int bit = 253; bit >= 0; bit--)
                {
                    Multiply(power, power, power);
                    if (bit != 2 && bit != 4) // the exponent's zeros, which are no secret
                        Multiply(power, power, a);
                }
                return power;
            }

            private void Multiply(long[] product, long[] a, long[] b)
            {
                long[] wide = _wide;
                Array.Clear(wide, 0, wide.Length);
                for (int i = 0; i < Limbs; i++)
                {
                    long limb = a[i];
                    for (int j = 0; j < Limbs; j++)
                        wide[i + j] += limb * b[j];
                }
                for (int i = 0; i < Limbs - 1; i++)
                    product[i] = wide[i] + 38 * wide[i + Limbs]; // 2^256 is 38
                product[Limbs - 1] = wide[Limbs - 1];
                Carry(product);
                Carry(product);
            }
        }

        private static void Add(long[] sum, long[] a, long[] b)
        {
            for (int i = 0; i < Limbs; i++)
                sum[i] = a[i] + b[i];
        }

        private static void Subtract(long[] difference, long[] a, long[] b)
        {
            for (int i = 0; i < Limbs; i++)
                difference[i] = a[i] - b[i];
        }

        private static void Carry(long[] limbs)
        {
            for (int i = 0; i < Limbs - 1; i++)
            {
                long carry = limbs[i] >> 16;
                limbs[i] -= carry << 16;
                limbs[i + 1] += carry;
            }
            long last = limbs[Limbs - 1] >> 16;
            limbs[Limbs - 1] -= last << 16;
            limbs[0] += 38 * last;
        }

        /// <summary>Swaps if `bit` is 1, in the same time as if it is 0.</summary>
        private static void Swap(long[] a, long[] b, int bit)
        {
            long mask = -(long)bit;
            for (int i = 0; i < Limbs; i++)
            {
                long change = mask & (a[i] ^ b[i]);
                a[i] ^= change;
                b[i] ^= change;
            }
        }

        private static long[] Unpack(byte[] bytes)
        {
            var limbs = new long[Limbs];
            for (int i = 0; i < Limbs; i++)
                limbs[i] = bytes[2 * i] | ((long)bytes[2 * i + 1] << 8);
            limbs[Limbs - 1] &= 0x7fff;
            return limbs;
        }

        private static byte[] Pack(long[] number)
        {
            var limbs = (long[])number.Clone();
            for (int i = 0; i < 3; i++)
                Carry(limbs);
            for (int i = 0; i < 2; i++) // below 2^256: at most twice too large
                SubtractPrime(limbs);
            var bytes = new byte[Bytes];
            for (int i = 0; i < Limbs; i++)
            {
                bytes[2 * i] = (byte)limbs[i];
                bytes[2 * i + 1] = (byte)(limbs[i] >> 8);
            }
            Array.Clear(limbs, 0, Limbs);
            return bytes;
        }

        /// <summary>Takes 2^255 - 19 away, if it goes.</summary>
        private static void SubtractPrime(long[] limbs)
        {
            var less = new long[Limbs];
            long borrow = 0;
            for (int i = 0; i < Limbs; i++)
            {
                long prime = i == 0 ? 0xffed : i == Limbs - 1 ? 0x7fff : 0xffff;
                long limb = limbs[i] - prime - borrow;
                borrow = (limb >> 16) & 1;
                less[i] = limb & 0xffff;
            }
            Swap(limbs, less, 1 - (int)borrow);
            Array.Clear(less, 0, Limbs);
        }
    }
}
