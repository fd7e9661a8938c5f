using System;
using System.Text;

namespace Layerwalk.Protocol
{
    /// <summary>The words that a field may have, found without making text of bytes.</summary>
    public sealed class Choice
    {
        readonly string[] _words;
        readonly byte[][] _bytes;

        public Choice(params string[] words)
        {
            _words = words;
            _bytes = Array.ConvertAll(words, Encoding.UTF8.GetBytes);
        }

        public int IndexOf(ArraySegment<byte> text)
        {
            for (int i = 0; i < _bytes.Length; i++)
            {
                if (Fields.Same(_bytes[i], text))
                {
                    return i;
                }
            }
            return -1;
        }

        public void Write(MessagePackWriter writer, int index)
        {
            writer.WriteText(_bytes[index]);
        }

        public override string ToString()
        {
            return string.Join(", ", _words);
        }
    }
}
