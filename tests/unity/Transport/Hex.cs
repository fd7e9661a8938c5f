using System;

namespace Layerwalk.Tests
{
    /// <summary>Bytes as hexadecimal text.</summary>
    public static class Hex
    {
        /// <summary>The bytes of a text in which blanks mean nothing.</summary>
        public static byte[] Bytes(string text)
        {
            text = text.Replace(" ", "");
            var bytes = new byte[text.Length / 2];
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = Convert.ToByte(text.Substring(2 * i, 2), 16);
            return bytes;
        }

        /// <summary>The text of bytes; `-` if there are none.</summary>
        public static string Text(byte[] bytes)
        {
            string text = BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();
            return text.Length == 0 ? "-" : text;
        }
    }
}
