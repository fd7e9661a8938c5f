using System;

namespace Layerwalk.Transport
{
    /// <summary>Reads ZMTP's frames, one after the other, through a small buffer.</summary>
    internal sealed class FrameReader
    {
        private const int AheadBytes = 64 << 10;
        private const int ProgressBytes = 4 << 10;
        private const int TrustedBytes = 16 << 20; // of a frame, before any of it came

        private readonly TcpLine _line;
        private readonly byte[] _ahead = new byte[AheadBytes];
        private int _begin;
        private int _end;
        private long _untilMs;
        private int _sinceProgress;
        private int _silenceMs; // 0: until `_untilMs`, whatever comes

        public FrameReader(TcpLine line, long untilMs)
        {
            _line = line;
            _untilMs = untilMs;
        }

        /// <summary>The flags of the frame whose header was read last.</summary>
        public int Flags { get; private set; }

        /// <summary>The bytes of its body.</summary>
        public int Length { get; private set; }

        /// <summary>From now on the deadline moves on with what comes.</summary>
        public void KeepAlive(int silenceMs)
        {
            _silenceMs = silenceMs;
        }

        /// <summary>
        /// Reads the header of the next frame. `patient` waits for its first byte without end.
        /// Throws TransportException, also when the body would be larger than `maxBytes`.
        /// </summary>
        public void ReadHeader(int maxBytes, bool patient)
        {
            Rewind(patient);
            int flags = ReadByte();
            if (patient)
                Rewind(false);
            if ((flags & ~FrameFlags.Known) != 0)
                throw Wrong("a frame with unknown flags " + flags);
            if ((flags & FrameFlags.Command) != 0 && (flags & FrameFlags.More) != 0)
                throw Wrong("a command in several frames");
            ulong length = 0;
            int bytes = (flags & FrameFlags.Long) != 0 ? 8 : 1;
            for (int i = 0; i < bytes; i++)
                length = (length << 8) | (uint)ReadByte();
            if (length > (ulong)maxBytes)
                throw Wrong("a frame of " + length + " bytes, where at most " + maxBytes
                    + " are read,");
            Flags = flags;
            Length = (int)length;
        }

        /// <summary>Reads `count` bytes, all of them.</summary>
        public void Read(byte[] target, int offset, int count)
        {
            while (count > 0)
            {
                int read;
                if (_begin == _end && count >= AheadBytes / 2)
                {
                    read = _line.Receive(target, offset, count, _untilMs);
                    Progressed(read);
                }
                else
                {
                    if (_begin == _end)
                        Fill();
                    read = Math.Min(count, _end - _begin);
                    Buffer.BlockCopy(_ahead, _begin, target, offset, read);
                    _begin += read;
                }
                offset += read;
                count -= read;
            }
        }

        /// <summary>
        /// The body of the frame, in a buffer of the pool. A huge one gets its memory as it comes,
        /// so that its length alone costs nothing.
        /// </summary>
        public byte[] ReadBody(BufferPool pool)
        {
            byte[] buffer = pool.Rent(Math.Min(Length, TrustedBytes));
            try
            {
                int read = 0;
                while (read < Length)
                {
                    if (read == buffer.Length)
                        buffer = Grown(pool, buffer, read);
                    int some = Math.Min(Length, buffer.Length) - read;
                    Read(buffer, read, some);
                    read += some;
                }
                return buffer;
            }
            catch (TransportException)
            {
                pool.Return(buffer);
                throw;
            }
        }

        private byte[] Grown(BufferPool pool, byte[] buffer, int read)
        {
            byte[] larger = pool.Rent((int)Math.Min(Length, 2L * read));
            Buffer.BlockCopy(buffer, 0, larger, 0, read);
            pool.Return(buffer);
            return larger;
        }

        private int ReadByte()
        {
            if (_begin == _end)
                Fill();
            return _ahead[_begin++];
        }

        private void Fill()
        {
            _begin = _end = 0;
            _end = _line.Receive(_ahead, 0, AheadBytes, _untilMs);
            Progressed(_end);
        }

        private void Progressed(int bytes)
        {
            if (_silenceMs == 0)
                return;
            _sinceProgress += bytes;
            if (_sinceProgress >= ProgressBytes)
                Rewind(false);
        }

        private void Rewind(bool patient)
        {
            if (_silenceMs == 0)
                return;
            _sinceProgress = 0;
            _untilMs = patient ? Clock.Never : Clock.NowMs + _silenceMs;
        }

        public static TransportException Wrong(string what)
        {
            return new TransportException(
                TransportFault.Protocol,
                what + " came, which ZMTP 3 does not have here; is this endpoint the bridge's, "
                    + "and of the same release?");
        }
    }
}
