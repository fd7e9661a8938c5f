using System.Text;
using UnityDouble;

namespace UnityEngine
{
    public class TextAsset : Object
    {
        readonly byte[] _bytes;

        public TextAsset(string text)
            : this(Encoding.UTF8.GetBytes(text))
        {
        }

        internal TextAsset(byte[] bytes)
        {
            MainThread.Check("Internal_CreateInstance");
            _bytes = bytes;
            Born();
        }

        public byte[] bytes
        {
            get
            {
                Native("get_bytes");
                return (byte[])_bytes.Clone();
            }
        }

        public string text
        {
            get
            {
                Native("get_text");
                return Encoding.UTF8.GetString(_bytes);
            }
        }
    }
}
