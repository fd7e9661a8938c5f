namespace Layerwalk.Client
{
    /// <summary>A small picture of the shelf.</summary>
    public sealed class ShelfPicture
    {
        public readonly string Id;
        public readonly string Name;
        public readonly Pixels Pixels;

        public ShelfPicture(string id, string name, Pixels pixels)
        {
            Id = id;
            Name = name;
            Pixels = pixels;
        }
    }
}
