namespace Layerwalk.Transport
{
    /// <summary>How a BridgeClient behaves.</summary>
    public sealed class BridgeOptions
    {
        /// <summary>Options with the defaults.</summary>
        public BridgeOptions()
        {
            Client = "unity";
            CreditBytes = 64 << 20;
            WelcomeTimeoutMs = 10000;
            SnapshotTimeoutMs = 10000;
            LeaveTimeoutMs = 500;
            MaxHeldEvents = 10000;
            MaxHeldBytes = 64 << 20;
        }

        /// <summary>What the bridge calls this client.</summary>
        public string Client { get; set; }

        /// <summary>So many bytes of pages may be on the way, or not disposed yet.</summary>
        public long CreditBytes { get; set; }

        /// <summary>
        /// After this time without an answer to Hello the client says so, and goes on waiting.
        /// </summary>
        public int WelcomeTimeoutMs { get; set; }

        /// <summary>A snapshot that takes longer is asked for once more.</summary>
        public int SnapshotTimeoutMs { get; set; }

        /// <summary>Dispose waits at most so long for what is on its way out.</summary>
        public int LeaveTimeoutMs { get; set; }

        /// <summary>
        /// Events that wait for a snapshot; with more of them another one is asked for.
        /// </summary>
        public int MaxHeldEvents { get; set; }

        /// <summary>What they may take in memory.</summary>
        public long MaxHeldBytes { get; set; }
    }
}
