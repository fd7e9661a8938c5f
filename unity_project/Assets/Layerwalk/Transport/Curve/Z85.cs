using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Keys as text (https://rfc.zeromq.org/spec/32): 5 letters for 4 bytes. Keys are secrets, so
    /// every letter is compared with all of the alphabet instead of being looked up.
    /// </summary>
    public static class Z85
    {
        private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz"
            + "ABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

        private const int Base = 85;

        /// <summary>Bytes, a multiple of 4, as text.</summary>
        public static string Encode(byte[] bytes)
        {
            var text = new char[bytes.Length / 4 * 5];
            for (int i = 0; i < bytes.Length / 4; i++)
            {
                uint word = 0;
                for (int j = 0; j < 4; j++)
                    word = (word << 8) | bytes[4 * i + j];
                for (int j = 4; j >= 0; j--)
                {
                    // word / 85 by multiplication: divisions take as long as their numbers.
                    uint rest = (uint)((word * 3233857729UL) >> 38);
                    text[5 * i + j] = Letter(word - Base * rest);
                    word = rest;
                }
            }
            return new string(text);
        }

        /// <summary>A key of 32 bytes from its 40 letters. Throws TransportException.</summary>
        public static byte[] Key(string text)
        {
            if (text == null || text.Length != 40)
                throw Wrong("has " + (text == null ? 0 : text.Length) + " letters");
            var bytes = new byte[32];
            int wrong = 0;
            for (int i = 0; i < 8; i++)
            {
                ulong word = 0;
                for (int j = 0; j < 5; j++)
                {
                    int digit = Digit(text[5 * i + j]);
                    wrong |= digit >> 31;
                    word = word * Base + (uint)(digit & 0x7f);
                }
                wrong |= (int)(word >> 32);
                for (int j = 0; j < 4; j++)
                    bytes[4 * i + j] = (byte)(word >> (24 - 8 * j));
            }
            if (wrong != 0)
                throw Wrong("is no Z85");
            return bytes;
        }

        private static char Letter(uint digit)
        {
            int letter = 0;
            for (int i = 0; i < Base; i++)
                letter |= Alphabet[i] & Same(i, (int)digit);
            return (char)letter;
        }

        /// <summary>The digit of a letter, or -1.</summary>
        private static int Digit(char letter)
        {
            int digit = 0;
            int found = 0;
            for (int i = 0; i < Base; i++)
            {
                int same = Same(Alphabet[i], letter);
                digit |= i & same;
                found |= same;
            }
            return digit | ~found;
        }

        /// <summary>All ones if a is b, else 0.</summary>
        private static int Same(int a, int b)
        {
            return ((a ^ b) - 1) >> 31;
        }

        private static TransportException Wrong(string fact)
        {
            return new TransportException(
                TransportFault.Refused,
                "a key " + fact + "; give the 40 letters that the bridge printed");
        }
    }
}
