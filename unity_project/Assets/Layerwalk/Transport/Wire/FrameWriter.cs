using System;

namespace Layerwalk.Transport
{
    /// <summary>Writes ZMTP's frames; small ones are collected until Flush.</summary>
    internal sealed class FrameWriter
    {
        private const int StagedBytes = 32 << 10;
        private const int HeaderBytes = 9;

        private readonly TcpLine _line;
        private readonly byte[] _staged = new byte[StagedBytes];
        private int _count;

        public FrameWriter(TcpLine line)
        {
            _line = line;
        }

        /// <summary>Until when it must be through.</summary>
        public long UntilMs { get; set; }

        /// <summary>Writes one frame.</summary>
        public void Frame(int flags, byte[] body, int offset, int count)
        {
            if (_count + HeaderBytes > StagedBytes)
                Flush();
            Header(flags, count);
            Raw(body, offset, count);
        }

        /// <summary>Writes bytes as they are.</summary>
        public void Raw(byte[] bytes, int offset, int count)
        {
            if (count > StagedBytes - _count)
                Flush();
            if (count > StagedBytes)
            {
                _line.Send(bytes, offset, count, UntilMs);
                return;
            }
            Buffer.BlockCopy(bytes, offset, _staged, _count, count);
            _count += count;
        }

        /// <summary>Hands all that was written to the system.</summary>
        public void Flush()
        {
            int count = _count;
            _count = 0;
            _line.Send(_staged, 0, count, UntilMs);
        }

        private void Header(int flags, int count)
        {
            bool isLong = count > 255;
            _staged[_count++] = (byte)(isLong ? flags | FrameFlags.Long : flags);
            for (int shift = isLong ? 56 : 0; shift >= 0; shift -= 8)
                _staged[_count++] = (byte)((long)count >> shift);
        }
    }
}
