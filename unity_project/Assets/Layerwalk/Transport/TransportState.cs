namespace Layerwalk.Transport
{
    /// <summary>What a transport is doing.</summary>
    public enum TransportState
    {
        /// <summary>Not started yet.</summary>
        Idle,

        /// <summary>Opens a connection and shakes hands.</summary>
        Connecting,

        /// <summary>Messages go to and fro.</summary>
        Ready,

        /// <summary>Waits before it connects again.</summary>
        Waiting,

        /// <summary>The peer does not let us in; there will be no other attempt.</summary>
        Refused,

        /// <summary>Disposed.</summary>
        Stopped,
    }
}
