namespace Layerwalk.Scene
{
    /// <summary>What a ray meets.</summary>
    public enum HitKind
    {
        /// <summary>The sky, or the back of a wall.</summary>
        Nothing,
        Tile,
        Wall,
        Photograph,
        Shelf,
        Board,
        Floor,
    }
}
