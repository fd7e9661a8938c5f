using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>The 64 bytes with which both sides begin.</summary>
    internal static class Greeting
    {
        private const int Bytes = 64;
        private const int Signature = 10;
        private const int Mechanism = 12;
        private const int MechanismBytes = 20;

        /// <summary>
        /// Sends ours, of version 3.0, and reads the peer's: its minor version. Throws
        /// TransportException. Our mechanism goes last: libzmq hangs up on a wrong one, and
        /// what it had to say about its own would be lost.
        /// </summary>
        public static int Exchange(FrameReader reader, FrameWriter writer, string mechanism)
        {
            byte[] ours = Of(mechanism);
            writer.Raw(ours, 0, Mechanism);
            writer.Flush();
            int minor = Read(reader, mechanism);
            writer.Raw(ours, Mechanism, Bytes - Mechanism);
            writer.Flush();
            return minor;
        }

        private static byte[] Of(string mechanism)
        {
            var greeting = new byte[Bytes];
            greeting[0] = 0xff;
            greeting[9] = 0x7f;
            greeting[10] = 3;
            Encoding.ASCII.GetBytes(mechanism, 0, mechanism.Length, greeting, Mechanism);
            return greeting;
        }

        private static int Read(FrameReader reader, string mechanism)
        {
            var greeting = new byte[Bytes];
            reader.Read(greeting, 0, Signature);
            if (greeting[0] != 0xff || (greeting[9] & 1) == 0)
                throw FrameReader.Wrong("something that is no greeting of ZeroMQ");
            reader.Read(greeting, Signature, 2); // older versions do not go on
            if (greeting[10] < 3)
                throw FrameReader.Wrong("version " + greeting[10] + " of ZMTP");
            reader.Read(greeting, Mechanism, Bytes - Mechanism);
            string theirs = Encoding.ASCII.GetString(greeting, Mechanism, MechanismBytes);
            theirs = theirs.TrimEnd('\0');
            if (theirs != mechanism)
                throw new TransportException(
                    TransportFault.Refused,
                    "the peer wants the mechanism " + Printable.Of(theirs) + ", this client was "
                        + "told " + mechanism + "; " + Remedy(theirs));
            return greeting[10] == 3 ? greeting[11] : 1;
        }

        private static string Remedy(string theirs)
        {
            switch (theirs)
            {
                case "CURVE":
                    return "give the key that the bridge printed";
                case "PLAIN":
                    return "give the token that the bridge printed";
                default:
                    return "is this endpoint the bridge's?";
            }
        }
    }
}
