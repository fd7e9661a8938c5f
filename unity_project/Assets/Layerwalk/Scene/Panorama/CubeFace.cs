namespace Layerwalk.Scene
{
    /// <summary>
    /// A side of a cube around the eye, in the order of the engine's cube maps; right, up and
    /// behind are along x, y and z of the room.
    /// </summary>
    public enum CubeFace
    {
        Right,
        Left,
        Up,
        Down,
        Behind,
        Ahead,
    }
}
