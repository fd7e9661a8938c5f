namespace Layerwalk.Transport
{
    /// <summary>
    /// A DEALER, for a ROUTER. Nothing that came is dropped: while the queue is full no more is
    /// read, so that the peer has to wait.
    /// </summary>
    public sealed class DealerSocket : ZmtpSocket
    {
        private static readonly string[] Peers = { "ROUTER", "DEALER", "REP" };

        /// <summary>
        /// A socket that is not started yet. Throws TransportException for no endpoint.
        /// </summary>
        public DealerSocket(string endpoint, ZmtpSecurity security, ZmtpOptions options)
            : base("DEALER", Peers, endpoint, security, options, false)
        {
        }
    }
}
