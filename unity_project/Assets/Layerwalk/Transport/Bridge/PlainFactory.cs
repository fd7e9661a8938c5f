using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Makes sockets to a bridge of this machine, which are given the token in clear: to no other,
    /// whatever endpoint somebody names.
    /// </summary>
    public sealed class PlainFactory : ITransportFactory
    {
        private readonly ZmtpFactory _sockets;

        /// <summary>Sockets that know this token.</summary>
        public PlainFactory(string token, ZmtpOptions options)
        {
            ZmtpSecurity security = ZmtpSecurity.Plain(WireFormat.ZeroMQUser, token);
            _sockets = new ZmtpFactory(security, options);
        }

        /// <summary>A DEALER. Throws TransportException off this machine.</summary>
        public ITransport Dealer(string endpoint)
        {
            Check(endpoint);
            return _sockets.Dealer(endpoint);
        }

        /// <summary>A SUB that hears everything. Throws TransportException off this machine.</summary>
        public ITransport Subscriber(string endpoint)
        {
            Check(endpoint);
            return _sockets.Subscriber(endpoint);
        }

        private static void Check(string endpoint)
        {
            if (!Endpoint.Parse(endpoint).IsLoopback)
                throw new TransportException(
                    TransportFault.Refused,
                    "'" + endpoint + "' is not this machine, and without a server key anybody on "
                        + "the way could read the token; give the key that the bridge printed");
        }
    }
}
