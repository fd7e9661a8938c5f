using System;
using Layerwalk.Transport;

namespace Layerwalk.Client
{
    /// <summary>What is wrong with the connection, and what to do.</summary>
    static class ConnectionWords
    {
        public const string NoAddress =
            "No bridge yet. Start one with: layerwalk walk MODEL. Then enter the address and"
            + " the token that it prints.";

        public const string NotNow = "There is no connection to the bridge just now.";

        public const string TooMuch =
            "Too much waits to be sent to the bridge; try again in a moment.";

        public static string Connecting(BridgeAddress address)
        {
            return "Connecting to " + address.Endpoint;
        }

        public static string Lost(TransportException error)
        {
            return Sentence(error) + " It is tried again.";
        }

        public static string Refused(TransportException error)
        {
            return Sentence(error) + " Then connect again.";
        }

        public static string Unusable(Exception error)
        {
            return Sentence(error) + " Mend it, and connect again.";
        }

        // Messages of the transport have no full stop, and may begin with an address.
        static string Sentence(Exception error)
        {
            string words = error.Message.TrimEnd(' ', '.', '\n', '\r');
            return words.EndsWith("?", StringComparison.Ordinal) ? words : words + ".";
        }
    }
}
