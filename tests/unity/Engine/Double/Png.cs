using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace UnityDouble
{
    /// <summary>Writes PNG files. Rows come from the bottom, as the engine has them.</summary>
    static class Png
    {
        static readonly uint[] Table = Enumerable.Range(0, 256).Select(n => Row((uint)n)).ToArray();

        public static byte[] Encode(byte[] pixels, int size, int width, int height, int rowBytes)
        {
            int stride = rowBytes == 0 ? width * size : rowBytes;
            if (stride < width * size || pixels.Length < stride * height)
            {
                throw new ArgumentException(
                    pixels.Length + " bytes are not " + width + " x " + height + " pixels of "
                        + size);
            }
            byte[] kinds = { 0, 0, 0, 2, 6 };
            MemoryStream file = new MemoryStream();
            file.Write(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }, 0, 8);
            byte[] header = new byte[13];
            Big(header, 0, (uint)width);
            Big(header, 4, (uint)height);
            header[8] = 8;
            header[9] = kinds[size];
            Chunk(file, "IHDR", header);
            Chunk(file, "IDAT", Packed(pixels, width * size, stride, height));
            Chunk(file, "IEND", new byte[0]);
            return file.ToArray();
        }

        static byte[] Packed(byte[] pixels, int row, int stride, int height)
        {
            byte[] raw = new byte[(row + 1) * height];
            for (int y = 0; y < height; y++)
            {
                Buffer.BlockCopy(pixels, (height - 1 - y) * stride, raw, y * (row + 1) + 1, row);
            }
            MemoryStream packed = new MemoryStream();
            packed.WriteByte(0x78);
            packed.WriteByte(0x01);
            using (var deflate = new DeflateStream(packed, CompressionMode.Compress, true))
            {
                deflate.Write(raw, 0, raw.Length);
            }
            byte[] sum = new byte[4];
            Big(sum, 0, Adler(raw));
            packed.Write(sum, 0, 4);
            return packed.ToArray();
        }

        static void Chunk(Stream file, string type, byte[] data)
        {
            byte[] body = Encoding.ASCII.GetBytes(type).Concat(data).ToArray();
            byte[] number = new byte[4];
            Big(number, 0, (uint)data.Length);
            file.Write(number, 0, 4);
            file.Write(body, 0, body.Length);
            Big(number, 0, Crc(body));
            file.Write(number, 0, 4);
        }

        static void Big(byte[] to, int at, uint value)
        {
            for (int i = 0; i < 4; i++)
            {
                to[at + i] = (byte)(value >> (24 - 8 * i));
            }
        }

        static uint Adler(byte[] bytes)
        {
            uint a = 1;
            uint b = 0;
            foreach (byte each in bytes)
            {
                a = (a + each) % 65521;
                b = (b + a) % 65521;
            }
            return b << 16 | a;
        }

        static uint Crc(byte[] bytes)
        {
            return ~bytes.Aggregate(~0u, (crc, each) => Table[(crc ^ each) & 255] ^ (crc >> 8));
        }

        static uint Row(uint n)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                n = (n & 1) != 0 ? 0xEDB88320u ^ (n >> 1) : n >> 1;
            }
            return n;
        }
    }
}
