using Layerwalk.Transport;

namespace Layerwalk.Tests
{
    /// <summary>How a client gets in at a peer of the tests.</summary>
    public static class TestSecurity
    {
        public static Security For(Peer peer, string mechanism)
        {
            switch (mechanism)
            {
                case "plain":
                    return Security.Plain("layerwalk", "secret");
                case "curve":
                    return Security.Curve(peer.PublicKey, null);
                default:
                    return Security.None;
            }
        }
    }
}
