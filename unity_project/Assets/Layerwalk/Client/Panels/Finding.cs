namespace Layerwalk.Client
{
    /// <summary>A layer or block that was found by name.</summary>
    public struct Finding
    {
        public readonly string Name;
        public readonly string Detail;

        public Finding(string name, string detail)
        {
            Name = name;
            Detail = detail;
        }
    }
}
