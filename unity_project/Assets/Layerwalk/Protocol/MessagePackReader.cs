using System;
using System.Text;

namespace Layerwalk.Protocol
{
    /// <summary>Reads one element of an array, or one value of a map.</summary>
    public delegate T ReadElement<T>(ref MessagePackReader reader);

    /// <summary>
    /// Reads MessagePack from a segment of bytes, which it neither copies nor changes. Throws
    /// ProtocolException and nothing else. Lengths that come over the wire are compared with the
    /// bytes there are, before anything is allocated.
    /// </summary>
    public partial struct MessagePackReader
    {
        static readonly UTF8Encoding Utf8 = new UTF8Encoding(false, true);

        readonly byte[] _bytes;
        readonly int _end;
        int _position;
        Fields _fields; // where the reader is, for errors
        int _field;
        int _values;

        internal AnyCount Any; // of values that may be of any kind

        public MessagePackReader(ArraySegment<byte> bytes)
        {
            _bytes = bytes.Array;
            _position = bytes.Offset;
            _end = bytes.Offset + bytes.Count;
            _fields = null;
            _field = -1;
            _values = 0;
            Any = default(AnyCount);
        }

        /// <summary>How many bytes have not been read.</summary>
        public int Remaining
        {
            get { return _end - _position; }
        }

        /// <summary>What comes next, without reading it.</summary>
        public Kind Peek()
        {
            if (_position >= _end)
            {
                throw Wrong("ends too early");
            }
            return Kinds.Of[_bytes[_position]];
        }

        /// <summary>Whether nil came next; if so it was read.</summary>
        public bool TryReadNil()
        {
            if (Peek() != Kind.Nil)
            {
                return false;
            }
            _position++;
            return true;
        }

        public bool ReadBool()
        {
            Expect(Kind.Bool);
            return _bytes[_position++] == 0xc3;
        }

        /// <summary>An integer that an Int64 holds.</summary>
        public long ReadInt64()
        {
            ulong magnitude;
            if (ReadInteger(out magnitude))
            {
                return (long)magnitude;
            }
            if (magnitude > long.MaxValue)
            {
                throw Wrong("is " + magnitude + ", more than an Int64 holds");
            }
            return (long)magnitude;
        }

        /// <summary>An integer from `least` to `most`.</summary>
        public long ReadInt64(long least, long most)
        {
            long value = ReadInt64();
            if (value < least || value > most)
            {
                throw Wrong("is " + value + "; from " + least + " to " + most + " is taken");
            }
            return value;
        }

        /// <summary>An integer that is one of `values`.</summary>
        public long ReadInt64(long[] values)
        {
            long value = ReadInt64();
            if (Array.IndexOf(values, value) < 0)
            {
                throw Wrong("is " + value + "; " + string.Join(" or ", values) + " is taken");
            }
            return value;
        }

        /// <summary>
        /// The 64 bits of an integer; whether they are those of a negative one.
        /// </summary>
        public bool ReadInteger(out ulong bits)
        {
            Expect(Kind.Integer);
            byte code = _bytes[_position++];
            if (code <= 0x7f || code >= 0xe0)
            {
                bits = (ulong)(sbyte)code;
                return code >= 0xe0;
            }
            int size = 1 << (code & 3);
            bits = ReadBigEndian(size);
            if (code < 0xd0)
            {
                return false;
            }
            int unused = 64 - 8 * size;
            long signed = (long)(bits << unused) >> unused;
            bits = (ulong)signed;
            return signed < 0;
        }

        /// <summary>A number; integers and 32-bit floats are widened.</summary>
        public double ReadDouble()
        {
            Kind kind = Peek();
            if (kind == Kind.Integer)
            {
                ulong bits;
                return ReadInteger(out bits) ? (long)bits : (double)bits;
            }
            Expect(Kind.Float);
            return _bytes[_position++] == 0xca
                ? Bits.Single((uint)ReadBigEndian(4))
                : BitConverter.Int64BitsToDouble((long)ReadBigEndian(8));
        }

        /// <summary>A number from `least` to `most`.</summary>
        public double ReadDouble(double least, double most)
        {
            double value = ReadDouble();
            if (!(value >= least && value <= most)) // NaN is outside, too
            {
                throw Wrong("is " + value + "; from " + least + " to " + most + " is taken");
            }
            return value;
        }

        public string ReadString()
        {
            ArraySegment<byte> text = ReadUtf8();
            try
            {
                return Utf8.GetString(text.Array, text.Offset, text.Count);
            }
            catch (ArgumentException)
            {
                throw Wrong("is text that is not UTF-8");
            }
        }

        /// <summary>The bytes of a text, as a view; not checked to be UTF-8.</summary>
        public ArraySegment<byte> ReadUtf8()
        {
            Expect(Kind.Text);
            byte code = _bytes[_position++];
            return View(code <= 0xbf ? (uint)(code & 0x1f)
                : (uint)ReadBigEndian(1 << (code - 0xd9)));
        }

        /// <summary>Binary data, as a view.</summary>
        public ArraySegment<byte> ReadBinary()
        {
            Expect(Kind.Binary);
            byte code = _bytes[_position++];
            return View((uint)ReadBigEndian(1 << (code - 0xc4)));
        }

        /// <summary>The bytes of an extension, as a view; its type is left out.</summary>
        public ArraySegment<byte> ReadExtension()
        {
            Expect(Kind.Extension);
            byte code = _bytes[_position++];
            uint length = code >= 0xd4 ? 1u << (code - 0xd4)
                : (uint)ReadBigEndian(1 << (code - 0xc7));
            ReadBigEndian(1); // its type
            return View(length);
        }

        /// <summary>Which of `choice` a text is; no text is made of it.</summary>
        public int ReadChoice(Choice choice)
        {
            int index = choice.IndexOf(ReadUtf8());
            if (index < 0)
            {
                throw Wrong("is none of " + choice);
            }
            return index;
        }

        /// <summary>A text that has to be `tag`.</summary>
        public void ReadTag(string tag)
        {
            if (ReadString() != tag)
            {
                throw Wrong("is not '" + tag + "'");
            }
        }

        /// <summary>Throws if anything is left.</summary>
        public void End()
        {
            if (_position != _end)
            {
                throw Wrong("is followed by " + Remaining + " bytes that do not belong to it");
            }
        }

        /// <summary>What to throw where the reader is.</summary>
        public ProtocolException Wrong(string fact)
        {
            return new ProtocolException(_fields == null ? "message" : _fields.Path(_field), fact);
        }

        void Expect(Kind kind)
        {
            Kind found = Peek();
            if (found != kind)
            {
                throw Wrong("is " + Kinds.Words(found) + " where " + Kinds.Words(kind)
                    + " should be");
            }
        }

        ArraySegment<byte> View(uint length)
        {
            if (length > (uint)Remaining)
            {
                throw Wrong("announces " + length + " bytes, but only " + Remaining + " follow");
            }
            var view = new ArraySegment<byte>(_bytes, _position, (int)length);
            _position += (int)length;
            return view;
        }

        ulong ReadBigEndian(int size)
        {
            if (size > Remaining)
            {
                throw Wrong("ends too early");
            }
            ulong value = 0;
            for (int i = 0; i < size; i++)
            {
                value = value << 8 | _bytes[_position++];
            }
            return value;
        }
    }
}
