using System;
using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>How a client is let in: the mechanisms of ZeroMQ.</summary>
    public sealed class ZmtpSecurity
    {
        /// <summary>NULL: everyone may come in.</summary>
        public static readonly ZmtpSecurity None = new ZmtpSecurity(() => new NullMechanism());

        private readonly Func<Mechanism> _begin;

        internal ZmtpSecurity(Func<Mechanism> begin)
        {
            _begin = begin;
        }

        /// <summary>PLAIN: a user and a password, at most 255 bytes each in UTF-8.</summary>
        public static ZmtpSecurity Plain(string user, string password)
        {
            byte[] userBytes = Short("user", user);
            byte[] passwordBytes = Short("password", password);
            return new ZmtpSecurity(() => new PlainMechanism(userBytes, passwordBytes));
        }

        /// <summary>
        /// CURVE: the server's public key in Z85, and our keys (null: new ones, for servers that
        /// let everybody in who knows their key). Throws TransportException for no key.
        /// </summary>
        public static ZmtpSecurity Curve(string serverKey, CurveKeys keys)
        {
            byte[] server = Z85.Key(serverKey);
            CurveKeys ours = keys ?? CurveKeys.New();
            return new ZmtpSecurity(() => new CurveMechanism(server, ours, CurveKeys.New()));
        }

        internal Mechanism Begin()
        {
            return _begin();
        }

        private static byte[] Short(string name, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            if (bytes.Length > 255)
                throw new ArgumentException(
                    "the " + name + " has " + bytes.Length + " bytes; PLAIN takes at most 255",
                    name);
            return bytes;
        }
    }
}
