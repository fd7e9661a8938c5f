using System.Security.Cryptography;

namespace Layerwalk.Transport
{
    /// <summary>A public key and its secret key, 32 bytes each.</summary>
    public sealed class CurveKeys
    {
        private CurveKeys(byte[] secret)
        {
            Secret = secret;
            Public = X25519.PublicKey(secret);
        }

        /// <summary>What others may know.</summary>
        public byte[] Public { get; private set; }

        /// <summary>What nobody else may know.</summary>
        public byte[] Secret { get; private set; }

        /// <summary>New keys, from the system's random numbers.</summary>
        public static CurveKeys New()
        {
            return new CurveKeys(Random(X25519.Bytes));
        }

        /// <summary>The keys of a secret key in Z85. Throws TransportException.</summary>
        public static CurveKeys Of(string secret)
        {
            return new CurveKeys(Z85.Key(secret));
        }

        internal static byte[] Random(int count)
        {
            var bytes = new byte[count];
            using (RandomNumberGenerator generator = RandomNumberGenerator.Create())
                generator.GetBytes(bytes);
            return bytes;
        }
    }
}
