namespace Layerwalk.Protocol
{
    /// <summary>Bounds what values of any kind take: each is an object of its own.</summary>
    struct AnyCount
    {
        public int Values;
        public int Depth;
    }
}
