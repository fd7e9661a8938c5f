namespace Layerwalk.Protocol
{
    /// <summary>Reads what nobody wants, such as fields of a newer version.</summary>
    static class Skipping
    {
        /// <summary>
        /// Reads whatever comes next, without recursion. It is checked to be MessagePack, and its
        /// text to be bytes only.
        /// </summary>
        public static void Skip(ref MessagePackReader reader)
        {
            for (long left = 1; left > 0; left--)
            {
                switch (reader.Peek())
                {
                    case Kind.Nil: reader.TryReadNil(); break;
                    case Kind.Bool: reader.ReadBool(); break;
                    case Kind.Integer:
                        ulong bits;
                        reader.ReadInteger(out bits);
                        break;
                    case Kind.Float: reader.ReadDouble(); break;
                    case Kind.Text: reader.ReadUtf8(); break;
                    case Kind.Binary: reader.ReadBinary(); break;
                    case Kind.Array: left += reader.ReadArrayHeader(); break;
                    case Kind.Map: left += 2L * reader.ReadMapHeader(); break;
                    case Kind.Extension: reader.ReadExtension(); break;
                    default:
                        throw reader.Wrong("holds the byte 0xc1, which MessagePack does not use");
                }
            }
        }
    }
}
