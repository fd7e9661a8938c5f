using System;

namespace Layerwalk.Transport
{
    /// <summary>
    /// Puts the frames of one connection together to messages, and answers PINGs.
    /// </summary>
    internal sealed class Receiver
    {
        private const int LifeBytes = 2; // of a PING, before its context

        private readonly FrameReader _reader;
        private readonly Mechanism _mechanism;
        private readonly OutboundQueue _outbound;
        private readonly BufferPool _pool;
        private readonly ZmtpOptions _options;
        private readonly Func<Multipart, Reading> _read;

        public Receiver(
            FrameReader reader,
            Mechanism mechanism,
            OutboundQueue outbound,
            BufferPool pool,
            ZmtpOptions options,
            Func<Multipart, Reading> read)
        {
            _reader = reader;
            _mechanism = mechanism;
            _outbound = outbound;
            _pool = pool;
            _options = options;
            _read = read;
        }

        /// <summary>The next message. Throws TransportException.</summary>
        public Received Next(bool patient)
        {
            Multipart message = _pool.Multipart();
            try
            {
                while (Frame(message, patient))
                {
                }
                return Received.Of(message, _read);
            }
            catch
            {
                message.Release(message.Lease);
                throw;
            }
        }

        /// <summary>Reads one frame; whether more follow.</summary>
        private bool Frame(Multipart message, bool patient)
        {
            long roomBytes = _options.MaxMessageBytes - message.Bytes;
            long maxBytes = Math.Min(_options.MaxFrameBytes, Math.Max(roomBytes, Command.MaxBytes));
            _reader.ReadHeader((int)maxBytes + _mechanism.Overhead, patient);
            int flags = _reader.Flags;
            int offset = 0;
            int count = _reader.Length;
            byte[] body = _reader.ReadBody(_pool);
            bool kept = false;
            try
            {
                _mechanism.Open(body, ref flags, ref offset, ref count);
                if ((flags & FrameFlags.Command) != 0)
                {
                    Obey(body, offset, count);
                    return true;
                }
                if (count > roomBytes)
                    throw FrameReader.Wrong(
                        "a message of more than " + _options.MaxMessageBytes + " bytes");
                if (message.Count == _options.MaxFrames)
                    throw FrameReader.Wrong(
                        "a message of more than " + _options.MaxFrames + " frames");
                message.Adopt(body, offset, count);
                kept = true;
                return (flags & FrameFlags.More) != 0;
            }
            finally
            {
                if (!kept)
                    _pool.Return(body);
            }
        }

        /// <summary>Commands that are not known here are those of newer versions.</summary>
        private void Obey(byte[] body, int offset, int count)
        {
            if (count > Command.MaxBytes)
                throw FrameReader.Wrong("a command of " + count + " bytes");
            Command command = Command.Parse(body, offset, count);
            if (command.Name == "PING")
            {
                command.Require("PING", LifeBytes);
                _outbound.Pong(
                    command.Bytes, command.Begin + LifeBytes, command.Count - LifeBytes);
            }
        }
    }
}
