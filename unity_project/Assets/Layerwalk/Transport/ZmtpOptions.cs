using System;

namespace Layerwalk.Transport
{
    /// <summary>Limits and times of a socket. Those who connect take a copy.</summary>
    public sealed class ZmtpOptions
    {
        /// <summary>Options with the defaults.</summary>
        public ZmtpOptions()
        {
            ConnectTimeoutMs = 5000;
            HandshakeTimeoutMs = 5000;
            HeartbeatMs = 4000;
            SilenceTimeoutMs = 10000;
            FirstRetryMs = 250;
            MaxRetryMs = 2000;
            LingerMs = 300;
            StopTimeoutMs = 2000;
            MaxFrameBytes = 256 << 20;
            MaxMessageBytes = 512 << 20;
            MaxFrames = 64;
            MaxQueuedMessages = 1024;
            MaxQueuedBytes = 64 << 20;
            MaxUnsentBytes = 64 << 20;
            MaxPooledBytes = 96 << 20;
            Identity = new byte[0];
        }

        /// <summary>Until a TCP connection is there.</summary>
        public int ConnectTimeoutMs { get; set; }

        /// <summary>From there until messages can be sent.</summary>
        public int HandshakeTimeoutMs { get; set; }

        /// <summary>
        /// Time between two PINGs; 0 sends none. Peers of ZMTP 3.0 never get any.
        /// </summary>
        public int HeartbeatMs { get; set; }

        /// <summary>
        /// A peer that gets PINGs and says nothing so long is lost, and so is any that stops in
        /// the middle of a frame, or sends less than 4 KB of it in this time.
        /// </summary>
        public int SilenceTimeoutMs { get; set; }

        /// <summary>Before the first new attempt; twice as much before each that follows.</summary>
        public int FirstRetryMs { get; set; }

        /// <summary>At most so long between two attempts, less or more by a quarter.</summary>
        public int MaxRetryMs { get; set; }

        /// <summary>
        /// Dispose waits at most so long until what was to be sent is; 0: it is dropped.
        /// </summary>
        public int LingerMs { get; set; }

        /// <summary>Dispose waits so long for each thread.</summary>
        public int StopTimeoutMs { get; set; }

        /// <summary>A larger frame ends the connection before it is read.</summary>
        public int MaxFrameBytes { get; set; }

        /// <summary>The frames of a message, all together.</summary>
        public long MaxMessageBytes { get; set; }

        /// <summary>How many frames a message may have.</summary>
        public int MaxFrames { get; set; }

        /// <summary>So many messages wait to be received; see each socket for what then.</summary>
        public int MaxQueuedMessages { get; set; }

        /// <summary>So many bytes wait; a message that is larger comes through alone.</summary>
        public long MaxQueuedBytes { get; set; }

        /// <summary>So many bytes wait to be sent; then Send answers false.</summary>
        public long MaxUnsentBytes { get; set; }

        /// <summary>So many bytes of unused buffers are kept.</summary>
        public long MaxPooledBytes { get; set; }

        /// <summary>
        /// The routing id for a ROUTER; empty: it makes one up. At most 255 bytes.
        /// </summary>
        public byte[] Identity { get; set; }

        internal ZmtpOptions Checked()
        {
            Require(ConnectTimeoutMs > 0, "ConnectTimeoutMs", "above 0");
            Require(HandshakeTimeoutMs > 0, "HandshakeTimeoutMs", "above 0");
            Require(HeartbeatMs >= 0, "HeartbeatMs", "0 or above");
            Require(SilenceTimeoutMs > HeartbeatMs, "SilenceTimeoutMs", "above HeartbeatMs");
            Require(FirstRetryMs > 0, "FirstRetryMs", "above 0");
            Require(MaxRetryMs >= FirstRetryMs, "MaxRetryMs", "at least FirstRetryMs");
            Require(LingerMs >= 0, "LingerMs", "0 or above");
            Require(StopTimeoutMs > 0, "StopTimeoutMs", "above 0");
            Require(MaxFrameBytes > 0 && MaxFrameBytes <= 1 << 29, "MaxFrameBytes", "1 to 2^29");
            Require(MaxMessageBytes > 0, "MaxMessageBytes", "above 0");
            Require(MaxFrames > 0, "MaxFrames", "above 0");
            Require(MaxQueuedMessages > 0, "MaxQueuedMessages", "above 0");
            Require(MaxQueuedBytes > 0, "MaxQueuedBytes", "above 0");
            Require(MaxUnsentBytes > 0, "MaxUnsentBytes", "above 0");
            Require(Identity != null && Identity.Length <= 255, "Identity", "at most 255 bytes");
            return (ZmtpOptions)MemberwiseClone();
        }

        private static void Require(bool holds, string name, string range)
        {
            if (!holds)
                throw new ArgumentException("ZmtpOptions." + name + " must be " + range, name);
        }
    }
}
