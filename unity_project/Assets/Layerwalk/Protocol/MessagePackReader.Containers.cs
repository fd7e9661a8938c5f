using System;

namespace Layerwalk.Protocol
{
    /// <summary>Arrays, maps, and maps that are the fields of something.</summary>
    public partial struct MessagePackReader
    {
        /// <summary>
        /// Elements of all arrays and entries of all maps: a byte on the wire may take a hundred
        /// here. The room of a network with 700 layers has 90,000.
        /// </summary>
        public const int MaxValues = 1 << 22;

        const int FirstElements = 256; // that an array has room for before any was read

        /// <summary>Elements and entries that arrays and maps have had so far.</summary>
        public int Values
        {
            get { return _values; }
        }

        /// <summary>How many elements an array has; each of them has at least a byte.</summary>
        public int ReadArrayHeader()
        {
            return ReadCount(Kind.Array, 0x90, 1);
        }

        /// <summary>How many entries a map has; each of them has at least two bytes.</summary>
        public int ReadMapHeader()
        {
            return ReadCount(Kind.Map, 0x80, 2);
        }

        /// <summary>An array of at most `most` elements, which grows as they are read.</summary>
        public T[] ReadArray<T>(ReadElement<T> element, int most = int.MaxValue)
        {
            Fields fields = _fields;
            int field = _field;
            int count = ReadArrayHeader();
            if (count > most)
            {
                throw Wrong("has " + count + " elements; at most " + most + " are taken");
            }
            if (count == 0)
            {
                return Array.Empty<T>();
            }
            var elements = new T[Math.Min(count, FirstElements)];
            for (int i = 0; i < count; i++)
            {
                if (i == elements.Length)
                {
                    Array.Resize(ref elements, (int)Math.Min(count, 2L * i));
                }
                elements[i] = element(ref this);
                At(fields, field);
            }
            return elements;
        }

        /// <summary>A map from texts; of equal keys the last value counts.</summary>
        public Map<T> ReadMap<T>(ReadElement<T> value)
        {
            Fields fields = _fields;
            int field = _field;
            int count = ReadMapHeader();
            if (count == 0)
            {
                return Map<T>.Empty;
            }
            var map = new Map<T>.Builder();
            for (int i = 0; i < count; i++)
            {
                string key = ReadString();
                map.Set(key, value(ref this));
                At(fields, field);
            }
            return map.Build();
        }

        /// <summary>Begins to read a map whose keys are the names of `fields`.</summary>
        public FieldCursor BeginFields(Fields fields)
        {
            var cursor = new FieldCursor(_fields, _field);
            At(fields, -1);
            cursor.Left = ReadMapHeader();
            return cursor;
        }

        /// <summary>
        /// Reads the next key into `cursor`; what it names has to be read or skipped then. False
        /// after the last one. Throws if a field that is required did not come.
        /// </summary>
        public bool NextField(Fields fields, ref FieldCursor cursor)
        {
            At(fields, -1);
            if (cursor.Left == 0)
            {
                string missing = fields.Missing(cursor.Seen);
                if (missing != null)
                {
                    throw Wrong("lacks '" + missing + "'");
                }
                At(cursor.OuterFields, cursor.OuterField);
                return false;
            }
            cursor.Left--;
            cursor.Field = fields.IndexOf(ReadUtf8(), cursor.Field + 1);
            if (cursor.Field >= 0)
            {
                cursor.Seen |= 1UL << cursor.Field;
            }
            At(fields, cursor.Field);
            return true;
        }

        /// <summary>Reads whatever comes next, however deep, and drops it.</summary>
        public void Skip()
        {
            Skipping.Skip(ref this);
        }

        void At(Fields fields, int field)
        {
            _fields = fields;
            _field = field;
        }

        int ReadCount(Kind kind, byte least, int bytesEach)
        {
            Expect(kind);
            byte code = _bytes[_position++];
            ulong count = code < 0xc0 ? (ulong)(code - least) : ReadBigEndian((code & 1) == 0 ? 2
                : 4);
            if (count * (ulong)bytesEach > (ulong)Remaining)
            {
                throw Wrong("announces " + count + " elements, but only " + Remaining
                    + " bytes follow");
            }
            if (count > (ulong)(MaxValues - _values))
            {
                throw Wrong("brings the message to more than " + MaxValues + " values");
            }
            _values += (int)count;
            return (int)count;
        }
    }
}
