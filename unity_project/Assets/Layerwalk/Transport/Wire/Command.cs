using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>A command: a name, behind its length, and what belongs to it.</summary>
    internal struct Command
    {
        /// <summary>Of a command that is no message; a larger one ends the connection.</summary>
        public const int MaxBytes = 64 << 10;

        private const int MalformedErrorBytes = 5;

        /// <summary>What it is called.</summary>
        public readonly string Name;

        /// <summary>The name and the rest, as they came.</summary>
        public readonly byte[] Bytes;

        /// <summary>Where the rest begins.</summary>
        public readonly int Begin;

        /// <summary>Where it ends.</summary>
        public readonly int End;

        private Command(string name, byte[] bytes, int begin, int end)
        {
            Name = name;
            Bytes = bytes;
            Begin = begin;
            End = end;
        }

        /// <summary>The bytes after the name.</summary>
        public int Count
        {
            get { return End - Begin; }
        }

        /// <summary>
        /// Reads a command of the handshake. Throws TransportException, also on ERROR.
        /// </summary>
        public static Command Read(FrameReader reader)
        {
            reader.ReadHeader(MaxBytes, false);
            if ((reader.Flags & FrameFlags.Command) == 0)
                throw FrameReader.Wrong("a message before the handshake was over");
            var bytes = new byte[reader.Length];
            reader.Read(bytes, 0, bytes.Length);
            return Parse(bytes, 0, bytes.Length);
        }

        /// <summary>Takes a command apart. Throws TransportException, also on ERROR.</summary>
        public static Command Parse(byte[] bytes, int begin, int count)
        {
            int end = begin + count;
            // libzmq 4.3.5 sends PLAIN's ERROR as "^RROR": "\x5ERROR", as C reads it.
            if (count >= MalformedErrorBytes && Is(bytes, begin, "^RROR"))
                throw Refused(bytes, begin + MalformedErrorBytes, end);
            if (count == 0 || bytes[begin] == 0 || bytes[begin] >= count)
                throw FrameReader.Wrong("a command without a name");
            string name = Encoding.ASCII.GetString(bytes, begin + 1, bytes[begin]);
            int rest = begin + 1 + bytes[begin];
            if (name == "ERROR")
                throw Refused(bytes, rest, end);
            return new Command(name, bytes, rest, end);
        }

        /// <summary>
        /// Throws TransportException unless it has this name, and enough behind it.
        /// </summary>
        public Command Require(string name, int minBytes)
        {
            if (Name != name)
                throw FrameReader.Wrong(
                    "the command " + Printable.Of(Name) + " where " + name + " was due");
            if (Count < minBytes)
                throw FrameReader.Wrong("a " + name + " of only " + Count + " bytes");
            return this;
        }

        /// <summary>
        /// The bytes of a command with a body of this size; the body is still zero.
        /// </summary>
        public static byte[] New(string name, int bodyBytes)
        {
            var bytes = new byte[1 + name.Length + bodyBytes];
            bytes[0] = (byte)name.Length;
            Encoding.ASCII.GetBytes(name, 0, name.Length, bytes, 1);
            return bytes;
        }

        private static bool Is(byte[] bytes, int begin, string text)
        {
            for (int i = 0; i < text.Length; i++)
                if (bytes[begin + i] != text[i])
                    return false;
            return true;
        }

        // The reason is a status of ZAP (https://rfc.zeromq.org/spec/27), or words.
        private static TransportException Refused(byte[] bytes, int begin, int end)
        {
            int length = begin < end ? System.Math.Min(bytes[begin], end - begin - 1) : 0;
            string reason = Printable.Of(bytes, System.Math.Min(begin + 1, end), length);
            if (reason == "300" || reason == "500")
                return new TransportException(
                    TransportFault.Lost,
                    "the peer cannot tell now who may come in (status " + reason
                        + "); it is tried again");
            return new TransportException(
                TransportFault.Refused,
                "the peer refused this client (" + reason
                    + "); give the token or the key that the bridge printed");
        }
    }
}
