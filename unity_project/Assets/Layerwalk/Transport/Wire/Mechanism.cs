namespace Layerwalk.Transport
{
    /// <summary>How one connection is opened, and how its frames are protected.</summary>
    internal abstract class Mechanism
    {
        /// <summary>Its name in the greeting.</summary>
        public abstract string Name { get; }

        /// <summary>How many bytes a frame is longer than what is in it.</summary>
        public virtual int Overhead
        {
            get { return 0; }
        }

        /// <summary>Shakes hands, as client; the peer's type of socket.</summary>
        public abstract string Handshake(FrameReader reader, FrameWriter writer, byte[] metadata);

        /// <summary>Writes a frame of a message, or a command. For one thread at a time.</summary>
        public virtual void Write(
            FrameWriter writer, int flags, byte[] body, int offset, int count)
        {
            writer.Frame(flags, body, offset, count);
        }

        /// <summary>
        /// Opens the body of a frame, where it is. For one thread at a time. Throws
        /// TransportException for one that the peer cannot have sent.
        /// </summary>
        public virtual void Open(byte[] body, ref int flags, ref int offset, ref int count)
        {
        }

        /// <summary>
        /// Forgets what is secret; the connection is over, however far it came.
        /// </summary>
        public virtual void Forget()
        {
        }

        protected static void Send(FrameWriter writer, byte[] command)
        {
            writer.Frame(FrameFlags.Command, command, 0, command.Length);
            writer.Flush();
        }

        protected static byte[] Append(string name, byte[] body)
        {
            byte[] command = Command.New(name, body.Length);
            body.CopyTo(command, command.Length - body.Length);
            return command;
        }
    }
}
