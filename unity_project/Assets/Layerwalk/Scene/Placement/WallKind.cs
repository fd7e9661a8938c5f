namespace Layerwalk.Scene
{
    /// <summary>What a wall shows.</summary>
    public enum WallKind
    {
        Layer,
        Photograph,
        Shelf,
    }
}
