namespace Layerwalk.Transport
{
    /// <summary>
    /// The bits of the first byte of a ZMTP frame (https://rfc.zeromq.org/spec/23).
    /// </summary>
    internal static class FrameFlags
    {
        public const int More = 1;
        public const int Long = 2;
        public const int Command = 4;
        public const int Known = More | Long | Command;
    }
}
