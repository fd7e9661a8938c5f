using System;
using System.Diagnostics;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>CURVE's arithmetic: published vectors, and libsodium on random ones.</summary>
    [TestFixture]
    public sealed class CryptographyTests
    {
        // "Cryptography in NaCl", sections 2 to 10; RFC 7748, section 6.1.
        private const string AliceSecret =
            "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
        private const string AlicePublic =
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
        private const string BobSecret =
            "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
        private const string BobPublic =
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
        private const string Shared =
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
        private const string FirstKey =
            "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
        private const string Nonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
        private const string Plain =
            "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
            + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
            + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
            + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
            + "5e0705";
        private const string Sealed =
            "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce"
            + "48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972"
            + "71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
            + "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3"
            + "7973f622a43d14a6599b1f654cb45a74e355a5";
        private const string Ones = "ffffffffffffffffffffffffffffffff";
        private const string Zeros = "00000000000000000000000000000000";
        private const string Prime =
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

        private readonly Random _random = new Random(1);
        private byte[] Random(int count)
        {
            var bytes = new byte[count];
            _random.NextBytes(bytes);
            return bytes;
        }

        private static byte[] Seal(CryptoBox box, byte[] nonce, byte[] message)
        {
            var bytes = new byte[CryptoBox.TagBytes + message.Length];
            message.CopyTo(bytes, CryptoBox.TagBytes);
            box.Seal(nonce, bytes, 0, message.Length);
            return bytes;
        }

        private static string Tag(byte[] key, byte[] message)
        {
            var words = new uint[8];
            var tag = new uint[4];
            var bytes = new byte[16];
            Buffer.BlockCopy(key, 0, words, 0, 32);
            new Poly1305().Tag(words, message, 0, message.Length, tag);
            Buffer.BlockCopy(tag, 0, bytes, 0, 16);
            return Hex.Text(bytes);
        }

        // RFC 7748, sections 5.2 and 6.1.
        [TestCase("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
            "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
            "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
        [TestCase("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
            "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
            "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
        [TestCase(AliceSecret, BobPublic, Shared)]
        [TestCase(BobSecret, AlicePublic, Shared)]
        public void CurveMultipliesAsPublished(string scalar, string point, string product)
        {
            byte[] result = X25519.Multiply(Hex.Bytes(scalar), Hex.Bytes(point));
            Assert.That(Hex.Text(result), Is.EqualTo(product));
        }

        [TestCase(AliceSecret, AlicePublic)]
        [TestCase(BobSecret, BobPublic)]
        public void PublicKeysAreAsPublished(string secret, string expected)
        {
            Assert.That(Hex.Text(X25519.PublicKey(Hex.Bytes(secret))), Is.EqualTo(expected));
        }

        [Test]
        public void AThousandMultiplicationsEndAsPublished()
        {
            byte[] scalar = Hex.Bytes("09" + new string('0', 62));
            byte[] point = scalar;
            for (int i = 0; i < 1000; i++)
            {
                byte[] product = X25519.Multiply(scalar, point);
                point = scalar;
                scalar = product;
            }
            Assert.That(
                Hex.Text(scalar),
                Is.EqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
        }

        [Test]
        public void CurveMultipliesAsLibsodiumDoes()
        {
            for (int i = 0; i < 100; i++)
            {
                byte[] scalar = Random(32);
                byte[] point = Random(32);
                SameProduct(scalar, point);
            }
        }

        private static void SameProduct(byte[] scalar, byte[] point)
        {
            byte[] expected = Running.Sodium.Multiply(scalar, point);
            Assert.That(X25519.Multiply(scalar, point), Is.EqualTo(expected));
        }

        // Points whose limbs are all at their edges: around the prime, and with the top bit set.
        [TestCase("0200000000000000000000000000000000000000000000000000000000000000")]
        [TestCase("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
        [TestCase("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
        [TestCase("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
        [TestCase("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
        [TestCase("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
        [TestCase("ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000")]
        public void PointsAtTheEdgesMultiplyAsLibsodiumDoes(string point)
        {
            byte[] bytes = Hex.Bytes(point);
            foreach (byte[] scalar in new[] { Hex.Bytes(Ones + Ones), new byte[32], Random(32) })
                SameProduct(scalar, bytes);
        }

        [TestCase(Zeros + Zeros)]
        [TestCase("01" + "000000000000000000000000000000" + Zeros)]
        [TestCase("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
        [TestCase("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
        [TestCase(Prime)]
        public void KeysOfSmallOrderAreRefused(string key)
        {
            var error = Assert.Throws<TransportException>(
                () => CryptoBox.Between(Hex.Bytes(key), Random(32)));
            Talk.Says(error, "small order");
        }

        // RFC 8439, section 2.5.2 and A.3, vectors 7 to 11: sums that wrap around 2^130 - 5.
        [TestCase("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b",
            "43727970746f6772617068696320466f72756d2052657365617263682047726f7570",
            "a8061dc1305136c6c22b8baf0c0127a9")]
        [TestCase("02000000000000000000000000000000" + Zeros, Ones,
            "03000000000000000000000000000000")]
        [TestCase("02000000000000000000000000000000" + Ones, "02000000000000000000000000000000",
            "03000000000000000000000000000000")]
        [TestCase("01000000000000000000000000000000" + Zeros,
            Ones + "f0ffffffffffffffffffffffffffffff" + "11000000000000000000000000000000",
            "05000000000000000000000000000000")]
        [TestCase("01000000000000000000000000000000" + Zeros,
            Ones + "fbfefefefefefefefefefefefefefefe" + "01010101010101010101010101010101", Zeros)]
        [TestCase("02000000000000000000000000000000" + Zeros, "fdffffffffffffffffffffffffffffff",
            "faffffffffffffffffffffffffffffff")]
        public void TagsAreAsPublished(string key, string message, string tag)
        {
            Assert.That(Tag(Hex.Bytes(key), Hex.Bytes(message)), Is.EqualTo(tag));
            Assert.That(
                Hex.Text(Running.Sodium.Tag(Hex.Bytes(key), Hex.Bytes(message))), Is.EqualTo(tag));
        }

        [Test]
        public void TagsAreThoseOfLibsodium()
        {
            for (int size = 0; size < 100; size++)
                SameTag(Random(32), Random(size));
            foreach (int size in new[] { 4095, 4096, 4097, 8191, 8192, 8193, 20000 })
                SameTag(Random(32), Random(size));
            byte[] high = Hex.Bytes(Ones + Ones);
            for (int size = 0; size < 100; size++)
                SameTag(high, Hex.Bytes(Ones + Ones + Ones + Ones + Ones + Ones + Ones));
        }

        private void SameTag(byte[] key, byte[] message)
        {
            Assert.That(Tag(key, message), Is.EqualTo(Hex.Text(Running.Sodium.Tag(key, message))));
        }

        private static CryptoBox Between(string publicKey, string secretKey)
        {
            return CryptoBox.Between(Hex.Bytes(publicKey), Hex.Bytes(secretKey));
        }

        [Test]
        public void ABoxIsAsPublished()
        {
            using (CryptoBox alice = Between(BobPublic, AliceSecret))
            using (CryptoBox bob = Between(AlicePublic, BobSecret))
            using (CryptoBox first = CryptoBox.WithKey(Hex.Bytes(FirstKey)))
                foreach (CryptoBox box in new[] { alice, bob, first })
                {
                    byte[] bytes = Seal(box, Hex.Bytes(Nonce), Hex.Bytes(Plain));
                    Assert.That(Hex.Text(bytes), Is.EqualTo(Sealed));
                    Assert.That(box.Open(Hex.Bytes(Nonce), bytes, 0, bytes.Length), Is.True);
                    Assert.That(Hex.Text(bytes).Substring(32), Is.EqualTo(Plain));
                }
        }

        [Test]
        public void BoxesOfEverySizeAreThoseOfLibsodium()
        {
            byte[] secret = Random(32);
            byte[] theirs = X25519.PublicKey(Random(32));
            using (CryptoBox box = CryptoBox.Between(theirs, secret))
            {
                for (int size = 0; size < 200; size++)
                    SameBox(box, theirs, secret, size);
                foreach (int size in new[] { 4063, 4064, 4096, 4127, 4128, 4129, 8224, 30000 })
                    SameBox(box, theirs, secret, size);
            }
        }

        [Test]
        public void LongBoxesTheHelperTookPartInAreThoseOfLibsodium()
        {
            byte[] secret = Random(32);
            byte[] theirs = X25519.PublicKey(Random(32));
            CryptoBox box = CryptoBox.Between(theirs, secret);
            int least = TwoThreads.LongBytes + 32;
            SameBox(box, theirs, secret, least - 1);
            Assert.That(box.Threads.HasHelper, Is.False);
            foreach (int size in new[] { 0, 1, 15, 16383, 16384, 16385, 100001 })
                SameBox(box, theirs, secret, least + size);
            Assert.That(box.Threads.HasHelper, Is.True);
            // Which core is free when is not ours to say, so the same is done until it helped.
            var watch = Stopwatch.StartNew();
            byte[] nonce = Random(24), message = Random(1 << 20);
            byte[] expected = Seal(box, nonce, message);
            while (box.Threads.Helped < 100 && watch.ElapsedMilliseconds < Talk.PatienceMs)
                Assert.That(Seal(box, nonce, message), Is.EqualTo(expected));
            Assert.That(box.Threads.Helped, Is.GreaterThanOrEqualTo(100));
            box.Dispose();
            Assert.That(box.Threads.HasHelper, Is.False);
        }

        private void SameBox(CryptoBox box, byte[] theirs, byte[] secret, int size)
        {
            byte[] nonce = Random(24);
            byte[] message = Random(size);
            byte[] expected = Running.Sodium.Box(theirs, secret, nonce, message);
            Assert.That(Seal(box, nonce, message), Is.EqualTo(expected), "size " + size);
            Assert.That(box.Open(nonce, expected, 0, expected.Length), Is.True);
            Assert.That(
                Hex.Text(expected).Substring(32), Is.EqualTo(Hex.Text(message).Replace("-", "")));
        }

        [Test]
        public void ABoxOfWhichAnyBitChangedIsNotOpened()
        {
            using (CryptoBox box = CryptoBox.WithKey(Random(32)))
            {
                byte[] nonce = Random(24);
                byte[] right = Seal(box, nonce, Random(40));
                for (int bit = 0; bit < 8 * right.Length; bit++)
                {
                    var wrong = (byte[])right.Clone();
                    wrong[bit / 8] ^= (byte)(1 << bit % 8);
                    var before = (byte[])wrong.Clone();
                    Assert.That(box.Open(nonce, wrong, 0, wrong.Length), Is.False);
                    Assert.That(wrong, Is.EqualTo(before));
                }
                for (int count = 0; count < right.Length; count++)
                    Assert.That(box.Open(nonce, right, 0, count), Is.False);
            }
        }

        [Test]
        public void KeysAsTextAreThoseOfLibzmq()
        {
            for (int i = 0; i < 20; i++)
            {
                string[] keys = Running.Sodium.Ask("keys").Split(' ');
                CurveKeys ours = CurveKeys.Of(keys[1]);
                string decoded = Running.Sodium.Ask("decode " + keys[1]);
                Assert.That(Hex.Text(ours.Secret), Is.EqualTo(decoded));
                Assert.That(Z85.Encode(ours.Public), Is.EqualTo(keys[0]));
                Assert.That(Z85.Encode(ours.Secret), Is.EqualTo(keys[1]));
            }
        }

        [Test]
        public void EveryWordIsItselfAgainInZ85()
        {
            uint[] words = { 0, 1, 84, 85, 86, 7224, 7225, 0x7fffffff, 0x80000000, 0xffffffff };
            foreach (uint word in words)
            {
                var bytes = new byte[32];
                for (int i = 0; i < 32; i++)
                    bytes[i] = (byte)(word >> (24 - i % 4 * 8));
                Assert.That(Z85.Key(Z85.Encode(bytes)), Is.EqualTo(bytes));
            }
            // The example of the specification.
            Assert.That(
                Z85.Encode(Hex.Bytes("864fd26fb559f75b")), Is.EqualTo("HelloWorld"));
        }

        [TestCase("")]
        [TestCase("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf")]
        [TestCase("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf77")]
        [TestCase("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]y\"7")]
        [TestCase("rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]y\u00e97")]
        [TestCase("#####q:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8")]
        public void WhatIsNoKeyIsSaidAtOnce(string text)
        {
            var error = Assert.Throws<TransportException>(() => ZmtpSecurity.Curve(text, null));
            Talk.Says(error, "40 letters");
            if (text.Length > 0)
                Assert.That(error.Message.Contains(text), Is.False);
        }

        [Test]
        public void NewKeysAreNeverTheSame()
        {
            Assert.That(CurveKeys.New().Secret, Is.Not.EqualTo(CurveKeys.New().Secret));
        }
    }
}
