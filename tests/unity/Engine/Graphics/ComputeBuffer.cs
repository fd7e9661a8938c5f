using System;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class ComputeBuffer : IDisposable
    {
        GpuBuffer _memory;

        public ComputeBuffer(int count, int stride)
            : this(count, stride, ComputeBufferType.Default, ComputeBufferMode.Immutable)
        {
        }

        public ComputeBuffer(int count, int stride, ComputeBufferType type)
            : this(count, stride, type, ComputeBufferMode.Immutable)
        {
        }

        public ComputeBuffer(int count, int stride, ComputeBufferType type, ComputeBufferMode usage)
        {
            MainThread.Check("InitBuffer");
            if (!Machine.SupportsComputeShaders)
            {
                throw new ArgumentException(
                    "Attempting to create a compute buffer, but compute shaders are not supported "
                    + "on this platform.");
            }
            if (stride % 4 != 0)
            {
                throw new ArgumentException("Stride must be a multiple of 4", "stride");
            }
            _memory = new GpuBuffer(count, stride, this, "ComputeBuffer");
        }

        public int count
        {
            get { return Memory("get_count").Count; }
        }

        public int stride
        {
            get { return Memory("get_stride").Stride; }
        }

        public bool IsValid()
        {
            return _memory != null;
        }

        public void SetData(Array data)
        {
            Memory("SetData").Set(data, 0, 0, data == null ? 0 : data.Length);
        }

        public void SetData(
            Array data, int managedBufferStartIndex, int computeBufferStartIndex, int count)
        {
            Memory("SetData").Set(data, managedBufferStartIndex, computeBufferStartIndex, count);
        }

        public void GetData(Array data)
        {
            Memory("GetData").Get(data, 0, 0, data == null ? 0 : data.Length);
        }

        public void Release()
        {
            Dispose();
        }

        public void Dispose()
        {
            MainThread.Check("DestroyBuffer");
            _memory = null;
            Living.Remove(this);
        }

        internal byte[] Show()
        {
            return _memory == null ? null : _memory.Show();
        }

        GpuBuffer Memory(string member)
        {
            MainThread.Check(member);
            if (_memory == null)
            {
                throw new NullReferenceException(member + " of a ComputeBuffer that was released");
            }
            return _memory;
        }
    }
}
