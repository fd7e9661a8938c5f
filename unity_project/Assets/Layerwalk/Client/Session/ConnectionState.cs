namespace Layerwalk.Client
{
    /// <summary>Whether there is a bridge.</summary>
    public enum ConnectionState
    {
        /// <summary>No address was given yet.</summary>
        None,
        Connecting,
        Connected,

        /// <summary>There was a bridge, or there is none yet; it is tried again.</summary>
        Lost,

        /// <summary>It is not tried again until the visitor changes something.</summary>
        Refused,
    }
}
