using Layerwalk.Transport;

namespace Layerwalk.Client
{
    /// <summary>Where a bridge is, and what lets this client in.</summary>
    public sealed class BridgeAddress
    {
        /// <summary>As the bridge prints it: tcp://127.0.0.1:5555.</summary>
        public readonly string Endpoint;

        public readonly string Token;

        /// <summary>The bridge's public key in Z85; "" for one on this machine.</summary>
        public readonly string ServerKey;

        public BridgeAddress(string endpoint, string token, string serverKey)
        {
            Endpoint = (endpoint ?? "").Trim();
            Token = (token ?? "").Trim();
            ServerKey = (serverKey ?? "").Trim();
        }

        public bool IsGiven
        {
            get { return Endpoint != ""; }
        }

        /// <summary>
        /// A client that is not started. Throws TransportException for what is no address or key.
        /// </summary>
        public BridgeClient Client()
        {
            return ServerKey == ""
                ? BridgeClient.WithToken(Endpoint, Token)
                : CurveFactory.Client(Endpoint, ServerKey, Token);
        }
    }
}
