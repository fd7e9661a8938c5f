using System;
using System.IO;
using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>The properties that both sides tell in the handshake.</summary>
    internal static class Metadata
    {
        private const string SocketType = "Socket-Type";

        /// <summary>Ours, as bytes.</summary>
        public static byte[] Of(string socketType, byte[] identity)
        {
            var bytes = new MemoryStream();
            Property(bytes, SocketType, Encoding.ASCII.GetBytes(socketType));
            if (socketType == "DEALER")
                Property(bytes, "Identity", identity);
            return bytes.ToArray();
        }

        /// <summary>
        /// The peer's type of socket. Throws TransportException for malformed bytes.
        /// </summary>
        public static string SocketTypeIn(byte[] bytes, int offset, int count)
        {
            string type = null;
            int end = offset + count;
            while (offset < end)
            {
                int nameEnd = offset + 1 + bytes[offset];
                if (bytes[offset] == 0 || nameEnd + 4 > end)
                    throw FrameReader.Wrong("malformed metadata");
                string name = Encoding.ASCII.GetString(bytes, offset + 1, bytes[offset]);
                long length = 0;
                for (int i = 0; i < 4; i++)
                    length = (length << 8) | bytes[nameEnd + i];
                if (length > end - nameEnd - 4)
                    throw FrameReader.Wrong("malformed metadata");
                if (string.Equals(name, SocketType, StringComparison.OrdinalIgnoreCase))
                    type = Encoding.ASCII.GetString(bytes, nameEnd + 4, (int)length);
                offset = nameEnd + 4 + (int)length;
            }
            if (type == null)
                throw FrameReader.Wrong("metadata without a Socket-Type");
            return type;
        }

        private static void Property(Stream bytes, string name, byte[] value)
        {
            bytes.WriteByte((byte)name.Length);
            bytes.Write(Encoding.ASCII.GetBytes(name), 0, name.Length);
            for (int shift = 24; shift >= 0; shift -= 8)
                bytes.WriteByte((byte)(value.Length >> shift));
            bytes.Write(value, 0, value.Length);
        }
    }
}
