using System;
using System.Text;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Writes MessagePack into bytes that grow and are used again after Clear. Numbers and lengths
    /// get the shortest form, floats are 64 bits: byte for byte what the bridge writes.
    /// </summary>
    public sealed class MessagePackWriter
    {
        static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        byte[] _bytes;
        int _length;

        public MessagePackWriter(int capacity = 1024)
        {
            _bytes = new byte[capacity];
        }

        /// <summary>What was written, as a view that holds until the next call.</summary>
        public ArraySegment<byte> Written
        {
            get { return new ArraySegment<byte>(_bytes, 0, _length); }
        }

        /// <summary>Begins anew, in the same bytes.</summary>
        public void Clear()
        {
            _length = 0;
        }

        public byte[] ToArray()
        {
            var bytes = new byte[_length];
            System.Buffer.BlockCopy(_bytes, 0, bytes, 0, _length);
            return bytes;
        }

        public void WriteNil()
        {
            WriteCode(0xc0);
        }

        public void Write(bool value)
        {
            WriteCode(value ? 0xc3 : 0xc2);
        }

        public void Write(long value)
        {
            if (value >= 0)
            {
                Write((ulong)value);
            }
            else if (value >= -32)
            {
                WriteCode((int)(value & 0xff));
            }
            else
            {
                int size = value >= sbyte.MinValue ? 0 : value >= short.MinValue ? 1
                    : value >= int.MinValue ? 2 : 3;
                WriteCode(0xd0 + size);
                WriteBigEndian((ulong)value, 1 << size);
            }
        }

        public void Write(ulong value)
        {
            if (value <= 0x7f)
            {
                WriteCode((int)value);
                return;
            }
            int size = value <= byte.MaxValue ? 0 : value <= ushort.MaxValue ? 1
                : value <= uint.MaxValue ? 2 : 3;
            WriteCode(0xcc + size);
            WriteBigEndian(value, 1 << size);
        }

        public void Write(double value)
        {
            WriteCode(0xcb);
            WriteBigEndian((ulong)BitConverter.DoubleToInt64Bits(value), 8);
        }

        public void Write(string value)
        {
            if (value == null)
            {
                throw new ArgumentNullException("value");
            }
            int count;
            try
            {
                count = Utf8.GetByteCount(value);
            }
            catch (ArgumentException)
            {
                throw new ProtocolException("text",
                    "has half of a surrogate pair, which UTF-8 cannot hold");
            }
            WriteTextHeader(count);
            Reserve(count);
            _length += Utf8.GetBytes(value, 0, value.Length, _bytes, _length);
        }

        /// <summary>Text that is UTF-8 already.</summary>
        public void WriteText(byte[] utf8)
        {
            WriteTextHeader(utf8.Length);
            Append(utf8);
        }

        public void WriteBinary(byte[] value)
        {
            int size = value.Length <= byte.MaxValue ? 0 : value.Length <= ushort.MaxValue ? 1 : 2;
            WriteCode(0xc4 + size);
            WriteBigEndian((ulong)value.Length, 1 << size);
            Append(value);
        }

        public void WriteArrayHeader(int count)
        {
            WriteCount(count, 0x90, 0xdc);
        }

        public void WriteMapHeader(int count)
        {
            WriteCount(count, 0x80, 0xde);
        }

        void WriteCount(int count, int few, int many)
        {
            if (count < 16)
            {
                WriteCode(few + count);
                return;
            }
            bool wide = count > ushort.MaxValue;
            WriteCode(wide ? many + 1 : many);
            WriteBigEndian((ulong)count, wide ? 4 : 2);
        }

        void WriteTextHeader(int count)
        {
            if (count < 32)
            {
                WriteCode(0xa0 + count);
                return;
            }
            int size = count <= byte.MaxValue ? 0 : count <= ushort.MaxValue ? 1 : 2;
            WriteCode(0xd9 + size);
            WriteBigEndian((ulong)count, 1 << size);
        }

        void WriteCode(int code)
        {
            Reserve(1);
            _bytes[_length++] = (byte)code;
        }

        void WriteBigEndian(ulong value, int size)
        {
            Reserve(size);
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            {
                _bytes[_length++] = (byte)(value >> shift);
            }
        }

        void Append(byte[] bytes)
        {
            Reserve(bytes.Length);
            System.Buffer.BlockCopy(bytes, 0, _bytes, _length, bytes.Length);
            _length += bytes.Length;
        }

        void Reserve(int count)
        {
            long needed = (long)_length + count;
            if (needed > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(int.MaxValue, Math.Max(needed,
                    2L * _bytes.Length)));
            }
        }
    }
}
