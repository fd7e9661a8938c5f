using System;
using System.Globalization;
using System.Net;

namespace Layerwalk.Transport
{
    /// <summary>Where a socket listens: tcp://HOST:PORT or tcp://[IPV6]:PORT.</summary>
    public sealed class Endpoint
    {
        private const string Scheme = "tcp://";
        private readonly string _text;

        private Endpoint(string text, string host, int port)
        {
            _text = text;
            Host = host;
            Port = port;
        }

        /// <summary>A name or an address, without brackets.</summary>
        public string Host { get; private set; }

        /// <summary>From 1 to 65535.</summary>
        public int Port { get; private set; }

        /// <summary>Whether it is this machine's, and reached from nowhere else.</summary>
        public bool IsLoopback
        {
            get
            {
                IPAddress address;
                return Host == "localhost"
                    || IPAddress.TryParse(Host, out address) && IPAddress.IsLoopback(address);
            }
        }

        /// <summary>Reads an endpoint. Throws TransportException for what is none.</summary>
        public static Endpoint Parse(string text)
        {
            string rest = text != null && text.StartsWith(Scheme, StringComparison.Ordinal)
                ? text.Substring(Scheme.Length)
                : "";
            int colon = rest.LastIndexOf(':');
            int port;
            string host = colon < 0 ? "" : rest.Substring(0, colon);
            bool bracketed = host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']';
            if (bracketed)
                host = host.Substring(1, host.Length - 2);
            bool named = host.Length > 0 && (bracketed || host.IndexOf(':') < 0);
            if (!named || !Number(rest.Substring(colon + 1), out port) || port < 1 || port > 65535)
                throw new TransportException(
                    TransportFault.Unreachable,
                    "'" + text + "' is no endpoint; give tcp://HOST:PORT as the bridge printed it");
            return new Endpoint(text, host, port);
        }

        /// <summary>As it was given.</summary>
        public override string ToString()
        {
            return _text;
        }

        private static bool Number(string text, out int number)
        {
            return int.TryParse(
                text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        }
    }
}
