using System;
using System.Collections.Generic;
using System.Linq;
using Unity.Collections;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class GraphicsBuffer : IDisposable
    {
        GpuBuffer _memory;

        public GraphicsBuffer(Target target, int count, int stride)
            : this(target, Usual(target), count, stride)
        {
        }

        public GraphicsBuffer(Target target, UsageFlags usageFlags, int count, int stride)
        {
            MainThread.Check("InitBuffer");
            const Target shaders = Target.Structured | Target.Raw | Target.Append | Target.Counter
                | Target.IndirectArguments;
            if ((target & shaders) != 0 && !Machine.SupportsComputeShaders)
            {
                throw new ArgumentException(
                    "Attempting to create a graphics buffer that requires compute shader support, "
                    + "but "
                    + "compute shaders are not supported on this platform. Target: " + target);
            }
            const Target plain =
                Target.Vertex | Target.Index | Target.CopySource | Target.CopyDestination;
            if ((target & Target.Index) != 0 && stride != 2 && stride != 4)
            {
                throw new ArgumentException(
                    "Attempting to create an index buffer with an invalid stride: " + stride,
                    "stride");
            }
            if ((target & ~plain) != 0 && stride % 4 != 0)
            {
                throw new ArgumentException(
                    "Stride must be a multiple of 4 unless the buffer is only used as a vertex "
                    + "buffer and/or index buffer ",
                    "stride");
            }
            this.target = target;
            this.usageFlags = usageFlags;
            _memory = new GpuBuffer(count, stride, this, "GraphicsBuffer");
        }

        public Target target { get; private set; }

        public UsageFlags usageFlags { get; private set; }

        public int count
        {
            get { return Memory("get_count").Count; }
        }

        public int stride
        {
            get { return Memory("get_stride").Stride; }
        }

        public string name { private get; set; }

        public bool IsValid()
        {
            return _memory != null;
        }

        public void SetData(Array data)
        {
            Memory("SetData").Set(data, 0, 0, data == null ? 0 : data.Length);
        }

        public void SetData<T>(List<T> data)
            where T : struct
        {
            SetData(data.ToArray());
        }

        public void SetData<T>(NativeArray<T> data)
            where T : struct
        {
            SetData(data.ToArray());
        }

        public void SetData(
            Array data, int managedBufferStartIndex, int graphicsBufferStartIndex, int count)
        {
            using (Allocation.Noted())
            {
                Memory("SetData").Set(data, managedBufferStartIndex, graphicsBufferStartIndex, count);
            }
        }

        public void SetData<T>(
            List<T> data, int managedBufferStartIndex, int graphicsBufferStartIndex, int count)
            where T : struct
        {
            SetData(data.ToArray(), managedBufferStartIndex, graphicsBufferStartIndex, count);
        }

        public void SetData<T>(
            NativeArray<T> data, int nativeBufferStartIndex, int graphicsBufferStartIndex,
            int count)
            where T : struct
        {
            SetData(data.ToArray(), nativeBufferStartIndex, graphicsBufferStartIndex, count);
        }

        public void GetData(Array data)
        {
            Memory("GetData").Get(data, 0, 0, data == null ? 0 : data.Length);
        }

        public void GetData(
            Array data, int managedBufferStartIndex, int computeBufferStartIndex, int count)
        {
            Memory("GetData").Get(data, managedBufferStartIndex, computeBufferStartIndex, count);
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

        static UsageFlags Usual(Target target)
        {
            bool plain = (target & (Target.Index | Target.Vertex)) == target;
            return plain ? UsageFlags.LockBufferForWrite : UsageFlags.None;
        }

        GpuBuffer Memory(string member)
        {
            MainThread.Check(member);
            if (_memory == null)
            {
                throw new NullReferenceException(member + " of a GraphicsBuffer that was released");
            }
            return _memory;
        }

        [Flags]
        public enum Target
        {
            Vertex = 1,
            Index = 2,
            CopySource = 4,
            CopyDestination = 8,
            Structured = 16,
            Raw = 32,
            Append = 64,
            Counter = 128,
            IndirectArguments = 256,
            Constant = 512,
        }

        [Flags]
        public enum UsageFlags
        {
            None = 0,
            LockBufferForWrite = 1,
        }
    }
}
