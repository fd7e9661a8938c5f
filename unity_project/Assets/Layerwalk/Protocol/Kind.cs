namespace Layerwalk.Protocol
{
    /// <summary>What a value of MessagePack is, as its first byte says.</summary>
    public enum Kind : byte
    {
        Unused,
        Nil,
        Bool,
        Integer,
        Float,
        Text,
        Binary,
        Array,
        Map,
        Extension,
    }

    static class Kinds
    {
        /// <summary>By the first byte.</summary>
        public static readonly Kind[] Of = Table();

        static readonly string[] Names =
        {
            "an unused code", "nil", "a bool", "an integer", "a float", "text", "binary data",
            "an array", "a map", "an extension",
        };

        public static string Words(Kind kind)
        {
            return Names[(int)kind];
        }

        static Kind[] Table()
        {
            var kinds = new Kind[256];
            Fill(kinds, 0x00, 0x7f, Kind.Integer);
            Fill(kinds, 0x80, 0x8f, Kind.Map);
            Fill(kinds, 0x90, 0x9f, Kind.Array);
            Fill(kinds, 0xa0, 0xbf, Kind.Text);
            Fill(kinds, 0xc0, 0xc0, Kind.Nil);
            Fill(kinds, 0xc2, 0xc3, Kind.Bool);
            Fill(kinds, 0xc4, 0xc6, Kind.Binary);
            Fill(kinds, 0xc7, 0xc9, Kind.Extension);
            Fill(kinds, 0xca, 0xcb, Kind.Float);
            Fill(kinds, 0xcc, 0xd3, Kind.Integer);
            Fill(kinds, 0xd4, 0xd8, Kind.Extension);
            Fill(kinds, 0xd9, 0xdb, Kind.Text);
            Fill(kinds, 0xdc, 0xdd, Kind.Array);
            Fill(kinds, 0xde, 0xdf, Kind.Map);
            Fill(kinds, 0xe0, 0xff, Kind.Integer);
            return kinds;
        }

        static void Fill(Kind[] kinds, int first, int last, Kind kind)
        {
            for (int code = first; code <= last; code++)
            {
                kinds[code] = kind;
            }
        }
    }
}
