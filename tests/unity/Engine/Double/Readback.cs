using System;
using Unity.Collections;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityDouble
{
    /// <summary>
    /// Pixels or bytes on their way back; what comes is what they were when asked for.
    /// </summary>
    sealed class Readback
    {
        readonly byte[] _bytes;
        readonly Action<AsyncGPUReadbackRequest> _callback;
        NativeMemory _memory;
        int _frames;

        public Readback(
            byte[] bytes, int width, int height, int depth,
            Action<AsyncGPUReadbackRequest> callback)
        {
            _bytes = bytes;
            Width = width;
            Height = height;
            Depth = depth;
            HasError = bytes == null;
            _callback = callback;
            Readbacks.Add(this);
        }

        public int Width { get; private set; }

        public int Height { get; private set; }

        public int Depth { get; private set; }

        public bool IsDone { get; private set; }

        public bool HasError { get; private set; }

        public int LayerBytes
        {
            get { return _bytes == null ? 0 : _bytes.Length / Depth; }
        }

        public NativeArray<byte> Layer(int layer)
        {
            return new NativeArray<byte>(_bytes, layer * LayerBytes, LayerBytes, _memory);
        }

        /// <summary>Another frame; true when it is over and may be forgotten.</summary>
        public bool Step()
        {
            _frames++;
            if (IsDone)
            {
                // The data live for one frame.
                _memory.Free();
                HasError = true;
                return true;
            }
            if (_frames >= Readbacks.Latency)
            {
                Finish();
            }
            return false;
        }

        public void Finish()
        {
            if (IsDone)
            {
                return;
            }
            IsDone = true;
            _memory = new NativeMemory("readback", Allocator.None);
            if (_callback != null)
            {
                Behaviours.Guard(() => _callback(new AsyncGPUReadbackRequest { Of = this }));
            }
        }
    }
}
