using Layerwalk.Transport;

namespace Layerwalk.Tests
{
    /// <summary>How a client gets in at a peer of the tests.</summary>
    public static class TestSecurity
    {
        public static ZmtpSecurity For(Peer peer, string mechanism)
        {
            switch (mechanism)
            {
                case "plain":
                    return ZmtpSecurity.Plain("layerwalk", "secret");
                case "curve":
                    return ZmtpSecurity.Curve(peer.PublicKey, null);
                default:
                    return ZmtpSecurity.None;
            }
        }
    }
}
