using System;
using System.Text;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// The names of a type's fields as they travel, and which of them are required (bit i for
    /// the i-th).
    /// </summary>
    public sealed class Fields
    {
        readonly string _type;
        readonly ulong _required;
        readonly string[] _names;
        readonly byte[][] _bytes;

        public Fields(string type, ulong required, params string[] names)
        {
            _type = type;
            _required = required;
            _names = names;
            _bytes = Array.ConvertAll(names, Encoding.UTF8.GetBytes);
        }

        /// <summary>
        /// The index of the field called `name`, -1 if there is none. Fields come in order as a
        /// rule, so `guess` is compared first.
        /// </summary>
        public int IndexOf(ArraySegment<byte> name, int guess)
        {
            if (guess < _bytes.Length && Same(_bytes[guess], name))
            {
                return guess;
            }
            for (int i = 0; i < _bytes.Length; i++)
            {
                if (Same(_bytes[i], name))
                {
                    return i;
                }
            }
            return -1;
        }

        /// <summary>The first required field that is not in `seen`, null if all are.</summary>
        public string Missing(ulong seen)
        {
            ulong missing = _required & ~seen;
            for (int i = 0; i < _names.Length; i++)
            {
                if ((missing >> i & 1) != 0)
                {
                    return _names[i];
                }
            }
            return null;
        }

        public void WriteName(MessagePackWriter writer, int field)
        {
            writer.WriteText(_bytes[field]);
        }

        /// <summary>`Type.field` in an error; `Type` for no field.</summary>
        public string Path(int field)
        {
            return field < 0 ? _type : _type + "." + _names[field];
        }

        internal static bool Same(byte[] name, ArraySegment<byte> bytes)
        {
            if (name.Length != bytes.Count)
            {
                return false;
            }
            byte[] array = bytes.Array;
            int offset = bytes.Offset;
            for (int i = 0; i < name.Length; i++)
            {
                if (name[i] != array[offset + i])
                {
                    return false;
                }
            }
            return true;
        }
    }
}
