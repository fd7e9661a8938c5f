using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using Layerwalk.Protocol;
using Layerwalk.Transport;

namespace Layerwalk.Tests
{
    /// <summary>A ROUTER behind PLAIN that welcomes its clients, and reads nothing more.</summary>
    public static class DeafServer
    {
        /// <summary>Serves until `end`; then it reads on to the end, where `read` is not null.
        /// </summary>
        public static void Serve(NetworkStream stream, WaitHandle end, MemoryStream read)
        {
            RawServer.Write(stream, RawServer.Greeting("PLAIN", 0));
            RawServer.ReadExactly(stream, 64);
            ReadFrame(stream); // HELLO
            RawServer.Write(stream, RawServer.Command("WELCOME"));
            ReadFrame(stream); // INITIATE
            RawServer.Write(stream, RawServer.Ready("ROUTER"));
            ReadFrame(stream); // the client's Hello
            RawServer.Write(stream, Welcome());
            end.WaitOne(Talk.PatienceMs);
            if (read != null)
            {
                byte[] rest = RawServer.ReadToEnd(stream);
                read.Write(rest, 0, rest.Length);
            }
        }

        private static byte[] Welcome()
        {
            var welcome = new Welcome(
                WireFormat.Major, WireFormat.Minor, WireFormat.Schema, "session", "viewer", "", 0,
                0, Map<object>.Empty, new Picture[0], new Limits());
            ArraySegment<byte> header = Frames.Encode(new MessagePackWriter(), welcome)[0];
            var body = new byte[header.Count];
            Buffer.BlockCopy(header.Array, header.Offset, body, 0, body.Length);
            var length = new byte[8];
            for (int i = 0; i < 8; i++)
                length[i] = (byte)((long)body.Length >> 8 * (7 - i));
            return RawServer.Join(new byte[] { FrameFlags.Long }, length, body);
        }

        private static byte[] ReadFrame(NetworkStream stream)
        {
            int flags = RawServer.ReadExactly(stream, 1)[0];
            int bytes = 0;
            foreach (byte part in RawServer.ReadExactly(
                stream, (flags & FrameFlags.Long) != 0 ? 8 : 1))
                bytes = bytes << 8 | part;
            return RawServer.ReadExactly(stream, bytes);
        }
    }
}
