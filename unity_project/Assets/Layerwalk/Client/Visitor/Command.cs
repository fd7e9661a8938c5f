namespace Layerwalk.Client
{
    /// <summary>What a key at a desk, or a line of a menu, can ask for.</summary>
    public enum Command
    {
        None,
        Home,
        End,
        Overview,
        Previous,
        Next,
        OpenBlock,
        CloseBlock,
        ResetWall,
        LiftTile,
        PreviousChannel,
        NextChannel,
        Normalize,
        Live,
        PlayOrPause,
        StepBack,
        StepOn,
        Search,
        Settings,
        Back,
        Headset,
        Screenshot,
        Panorama,
        Slower,
        Faster,
    }
}
