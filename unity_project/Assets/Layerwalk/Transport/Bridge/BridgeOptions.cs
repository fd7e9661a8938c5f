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
            MaxHeldEvents = 10000;
        }

        /// <summary>What the bridge calls this client.</summary>
        public string Client { get; set; }

        /// <summary>So many bytes of pages may be on the way, or not disposed yet.</summary>
        public long CreditBytes { get; set; }

        /// <summary>Who does not answer Hello within this time is no bridge.</summary>
        public int WelcomeTimeoutMs { get; set; }

        /// <summary>
        /// Events that wait for a snapshot; with more of them another one is asked for.
        /// </summary>
        public int MaxHeldEvents { get; set; }
    }
}
