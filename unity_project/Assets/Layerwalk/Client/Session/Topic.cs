using System;

namespace Layerwalk.Client
{
    /// <summary>Parts of what is known of the session, which change each for itself.</summary>
    [Flags]
    public enum Topic
    {
        None = 0,
        Connection = 1,
        Network = 2,
        Room = 4,
        Run = 8,
        Prediction = 16,
        Progress = 32,
        Shelf = 64,
        Places = 128,
        Glyphs = 256,
        Notice = 512,
        Live = 1024,
        Hidden = 2048,
    }
}
