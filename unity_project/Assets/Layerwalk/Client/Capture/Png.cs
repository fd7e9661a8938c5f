using System;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace Layerwalk.Client
{
    /// <summary>
    /// Writes PNG files on any thread. The engine's own encoder would do as well, but not outside
    /// the engine, where what comes out is tested.
    /// </summary>
    public static class Png
    {
        static readonly byte[] Signature = { 137, 80, 78, 71, 13, 10, 26, 10 };
        static readonly uint[] Table = MakeTable();

        /// <summary>Of RGBA pixels, 8 bits each, rows from the bottom as the engine reads them
        /// back; the alpha is left out.</summary>
        public static byte[] Encode(byte[] rgba, int width, int height)
        {
            using (var file = new MemoryStream())
            {
                file.Write(Signature, 0, Signature.Length);
                Write(file, "IHDR", Header(width, height));
                Write(file, "IDAT", Packed(Rows(rgba, width, height)));
                Write(file, "IEND", new byte[0]);
                return file.ToArray();
            }
        }

        // Eight bits, RGB, no interlacing.
        static byte[] Header(int width, int height)
        {
            var header = new byte[13];
            Put(header, 0, (uint)width);
            Put(header, 4, (uint)height);
            header[8] = 8;
            header[9] = 2;
            return header;
        }

        // Rows from the top, each as what it differs from the one above (filter 2).
        static byte[] Rows(byte[] rgba, int width, int height)
        {
            var rows = new byte[height * (1 + 3 * width)];
            int at = 0;
            for (int row = 0; row < height; row++)
            {
                int from = (height - 1 - row) * width * 4, above = from + width * 4;
                rows[at++] = 2;
                for (int i = 0; i < width; i++)
                {
                    for (int c = 0; c < 3; c++)
                    {
                        int before = row == 0 ? 0 : rgba[above + 4 * i + c];
                        rows[at++] = (byte)(rgba[from + 4 * i + c] - before);
                    }
                }
            }
            return rows;
        }

        // As zlib has it.
        static byte[] Packed(byte[] bytes)
        {
            using (var packed = new MemoryStream())
            {
                packed.WriteByte(0x78);
                packed.WriteByte(0x01);
                using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, true))
                {
                    deflate.Write(bytes, 0, bytes.Length);
                }
                uint a = 1, b = 0;
                foreach (byte one in bytes)
                {
                    a = (a + one) % 65521;
                    b = (b + a) % 65521;
                }
                var sum = new byte[4];
                Put(sum, 0, b << 16 | a);
                packed.Write(sum, 0, 4);
                return packed.ToArray();
            }
        }

        static void Write(Stream file, string name, byte[] data)
        {
            var chunk = new byte[data.Length + 12];
            Put(chunk, 0, (uint)data.Length);
            Encoding.ASCII.GetBytes(name, 0, 4, chunk, 4);
            Buffer.BlockCopy(data, 0, chunk, 8, data.Length);
            uint crc = 0xffffffff;
            for (int i = 4; i < chunk.Length - 4; i++)
            {
                crc = Table[(crc ^ chunk[i]) & 255] ^ crc >> 8;
            }
            Put(chunk, chunk.Length - 4, ~crc);
            file.Write(chunk, 0, chunk.Length);
        }

        static void Put(byte[] bytes, int at, uint number)
        {
            for (int i = 0; i < 4; i++)
            {
                bytes[at + i] = (byte)(number >> 8 * (3 - i));
            }
        }

        static uint[] MakeTable()
        {
            var table = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint crc = i;
                for (int k = 0; k < 8; k++)
                {
                    crc = (crc & 1) != 0 ? 0xedb88320 ^ crc >> 1 : crc >> 1;
                }
                table[i] = crc;
            }
            return table;
        }
    }
}
