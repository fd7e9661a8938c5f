namespace Layerwalk.Transport
{
    /// <summary>Everyone may come in.</summary>
    internal sealed class NullMechanism : Mechanism
    {
        public override string Name
        {
            get { return "NULL"; }
        }

        public override string Handshake(FrameReader reader, FrameWriter writer, byte[] metadata)
        {
            Send(writer, Append("READY", metadata));
            Command ready = Command.Read(reader).Require("READY", 0);
            return Metadata.SocketTypeIn(ready.Bytes, ready.Begin, ready.Count);
        }
    }
}
