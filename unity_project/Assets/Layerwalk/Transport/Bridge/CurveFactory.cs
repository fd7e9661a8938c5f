using System;
using System.Security.Cryptography;
using System.Text;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Makes sockets to a bridge of another machine, which speaks CURVE: it is known by its key,
    /// and lets in who has the key pair that both sides make of the token.
    /// </summary>
    public sealed class CurveFactory : ITransportFactory
    {
        private const string AnyHost = "tcp://*:";

        private readonly ZmtpFactory _sockets;
        private string _endpoint = "";

        /// <summary>
        /// Sockets to the bridge of this public key, in Z85. Throws TransportException for no key.
        /// </summary>
        public CurveFactory(string serverKey, string token, ZmtpOptions options)
        {
            _sockets = new ZmtpFactory(ZmtpSecurity.Curve(serverKey, Keys(token)), options);
        }

        /// <summary>
        /// A client of the bridge that printed this endpoint, server key and token. Throws
        /// TransportException for what is none.
        /// </summary>
        public static BridgeClient Client(string endpoint, string serverKey, string token)
        {
            var factory = new CurveFactory(serverKey, token, BridgeClient.Settings());
            return new BridgeClient(endpoint, factory, null);
        }

        /// <summary>The keys of whoever knows this token.</summary>
        public static CurveKeys Keys(string token)
        {
            using (var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(token)))
            {
                byte[] secret = hmac.ComputeHash(Encoding.UTF8.GetBytes(WireFormat.CurveClient));
                return CurveKeys.Of(Z85.Encode(secret));
            }
        }

        public ITransport Dealer(string endpoint)
        {
            ITransport dealer = _sockets.Dealer(endpoint);
            _endpoint = endpoint;
            return dealer;
        }

        /// <summary>
        /// Of all the bridge's addresses, which it writes as `*`, we know one that we reach.
        /// </summary>
        public ITransport Subscriber(string endpoint)
        {
            if (!endpoint.StartsWith(AnyHost, StringComparison.Ordinal))
                return _sockets.Subscriber(endpoint);
            string port = endpoint.Substring(AnyHost.Length);
            return _sockets.Subscriber(
                _endpoint.Substring(0, _endpoint.LastIndexOf(':') + 1) + port);
        }
    }
}
