namespace Layerwalk.Protocol
{
    /// <summary>Readers of elements that have no class of their own.</summary>
    public static class Elements
    {
        public static readonly ReadElement<string> Text =
            (ref MessagePackReader reader) => reader.ReadString();
        public static readonly ReadElement<long> Int64 =
            (ref MessagePackReader reader) => reader.ReadInt64();
        public static readonly ReadElement<double> Double =
            (ref MessagePackReader reader) => reader.ReadDouble();
        public static readonly ReadElement<bool> Bool =
            (ref MessagePackReader reader) => reader.ReadBool();
    }
}
