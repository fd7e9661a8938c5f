namespace Layerwalk.Scene
{
    /// <summary>
    /// A side of a cube around the eye, numbered as the engine numbers those of its cube maps, whose
    /// z is ahead; right, up and behind are along x, y and z of the room.
    /// </summary>
    public enum CubeFace
    {
        Right,
        Left,
        Up,
        Down,
        Ahead,
        Behind,
    }
}
