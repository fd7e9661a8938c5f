using System;

namespace UnityDouble
{
    /// <summary>
    /// The memory of a buffer; its bytes are never written to again once they were shown.
    /// </summary>
    sealed class GpuBuffer
    {
        byte[] _bytes;
        bool _shown;

        public GpuBuffer(int count, int stride, object owner, string name)
        {
            if (count <= 0)
            {
                throw new ArgumentException("Attempting to create a zero length buffer", "count");
            }
            if (stride <= 0)
            {
                throw new ArgumentException(
                    "Attempting to create a buffer with a negative or null stride", "stride");
            }
            if ((long)count * stride > Machine.MaxGraphicsBufferSize)
            {
                throw new ArgumentException(
                    "The total size of the buffer (" + (long)count * stride
                        + " bytes) exceeds the maximum "
                    + "buffer size. Maximum supported buffer size: " + Machine.MaxGraphicsBufferSize
                    + " bytes.");
            }
            Count = count;
            Stride = stride;
            _bytes = new byte[(long)count * stride];
            Living.Add(owner, name + "[" + count + "] of " + stride + " bytes", false);
        }

        public int Count { get; private set; }

        public int Stride { get; private set; }

        /// <summary>What is in it now.</summary>
        public byte[] Show()
        {
            _shown = true;
            return _bytes;
        }

        public void Set(Array data, int start, int at, int count)
        {
            Fits(data, start, at, count);
            if (_shown)
            {
                _bytes = (byte[])_bytes.Clone();
                _shown = false;
            }
            int size = Bytes.SizeOf(data.GetType().GetElementType());
            Bytes.Copy(data, start, count, _bytes, at * size);
        }

        public void Get(Array data, int start, int at, int count)
        {
            Fits(data, start, at, count);
            Bytes.CopyBack(
                _bytes, at * Bytes.SizeOf(data.GetType().GetElementType()), data, start, count);
        }

        void Fits(Array data, int start, int at, int count)
        {
            if (data == null)
            {
                throw new ArgumentNullException("data");
            }
            if (start < 0 || at < 0 || count < 0 || start + count > data.Length)
            {
                throw new ArgumentOutOfRangeException(
                    "Bad indices/count arguments (managedBufferStartIndex:" + start
                    + " graphicsBufferStartIndex:" + at + " count:" + count + ")");
            }
            int size = Bytes.SizeOf(data.GetType().GetElementType());
            if (size * (long)(at + count) > (long)Count * Stride)
            {
                throw new ArgumentException(
                    "Accessing " + size * (long)count + " bytes at offset " + size * (long)at
                    + " for Buffer of size " + (long)Count * Stride + " bytes is not possible.");
            }
            if (size % Stride != 0 && Stride % size != 0)
            {
                throw new ArgumentException(
                    "Elements of " + size + " bytes do not fit a buffer of stride " + Stride);
            }
        }
    }
}
