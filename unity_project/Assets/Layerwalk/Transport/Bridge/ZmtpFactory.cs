namespace Layerwalk.Transport
{
    /// <summary>Makes this assembly's own sockets.</summary>
    public sealed class ZmtpFactory : ITransportFactory
    {
        private readonly ZmtpSecurity _security;
        private readonly ZmtpOptions _options;

        /// <summary>Sockets with this security and these options (null: the defaults).</summary>
        public ZmtpFactory(ZmtpSecurity security, ZmtpOptions options)
        {
            _security = security;
            _options = options;
        }

        /// <summary>A DEALER.</summary>
        public ITransport Dealer(string endpoint)
        {
            return new DealerSocket(endpoint, _security, _options);
        }

        /// <summary>A SUB that hears everything.</summary>
        public ITransport Subscriber(string endpoint)
        {
            var socket = new SubscriberSocket(endpoint, _security, _options);
            socket.Subscribe("");
            return socket;
        }
    }
}
