using System;

namespace Layerwalk.Scene
{
    /// <summary>Which ways the visitor's keys are held.</summary>
    [Flags]
    public enum Moves
    {
        None = 0,
        Forward = 1,
        Back = 2,
        Left = 4,
        Right = 8,
        Up = 16,
        Down = 32,
        TurnLeft = 64,
        TurnRight = 128,
    }
}
