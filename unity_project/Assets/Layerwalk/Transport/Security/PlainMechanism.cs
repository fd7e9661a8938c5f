namespace Layerwalk.Transport
{
    /// <summary>A user and a password, which everyone on the way can read.</summary>
    internal sealed class PlainMechanism : Mechanism
    {
        private readonly byte[] _user;
        private readonly byte[] _password;

        public PlainMechanism(byte[] user, byte[] password)
        {
            _user = user;
            _password = password;
        }

        public override string Name
        {
            get { return "PLAIN"; }
        }

        public override string Handshake(FrameReader reader, FrameWriter writer, byte[] metadata)
        {
            byte[] hello = Command.New("HELLO", 2 + _user.Length + _password.Length);
            int at = hello.Length - _password.Length;
            _password.CopyTo(hello, at);
            hello[at - 1] = (byte)_password.Length;
            _user.CopyTo(hello, at - 1 - _user.Length);
            hello[at - 2 - _user.Length] = (byte)_user.Length;
            Send(writer, hello);
            Command.Read(reader).Require("WELCOME", 0);
            Send(writer, Append("INITIATE", metadata));
            Command ready = Command.Read(reader).Require("READY", 0);
            return Metadata.SocketTypeIn(ready.Bytes, ready.Begin, ready.Count);
        }
    }
}
