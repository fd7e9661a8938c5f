using System;
using System.Runtime.InteropServices;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// Elements that the shaders read, here and on the graphics device. It grows, and only what
    /// was touched travels.
    /// </summary>
    public sealed class DataBuffer<T> : IDisposable
        where T : struct
    {
        const double Growth = 1.5;

        readonly Action<GraphicsBuffer> _bind;

        T[] _data = new T[0];
        GraphicsBuffer _buffer;
        int _first = int.MaxValue, _end;

        /// <summary>`bind` tells the shaders of a buffer, whenever it is another one.</summary>
        public DataBuffer(Action<GraphicsBuffer> bind, int count)
        {
            _bind = bind;
            Reserve(count);
        }

        /// <summary>At least as many elements as were reserved; another array after Reserve.
        /// </summary>
        public T[] Data
        {
            get { return _data; }
        }

        /// <summary>Bytes on the graphics device.</summary>
        public long Bytes
        {
            get { return (long)_data.Length * Marshal.SizeOf(typeof(T)); }
        }

        /// <summary>Makes room for so many elements; those that are there stay.</summary>
        public void Reserve(int count)
        {
            if (count > _data.Length || _data.Length == 0)
            {
                Array.Resize(ref _data, Math.Max(count, (int)(Growth * _data.Length) + 16));
                Touch(0, _data.Length);
            }
        }

        /// <summary>These have changed.</summary>
        public void Touch(int first, int count)
        {
            if (count > 0)
            {
                _first = Math.Min(_first, first);
                _end = Math.Max(_end, first + count);
            }
        }

        /// <summary>Sends what was touched.</summary>
        public void Flush()
        {
            if (_first >= _end)
            {
                return;
            }
            if (_buffer == null || _buffer.count < _data.Length)
            {
                Dispose();
                _buffer = new GraphicsBuffer(
                    GraphicsBuffer.Target.Structured, _data.Length, Marshal.SizeOf(typeof(T)));
                _bind(_buffer);
                _first = 0;
                _end = _data.Length;
            }
            _buffer.SetData(_data, _first, _first, _end - _first);
            _first = int.MaxValue;
            _end = 0;
        }

        public void Dispose()
        {
            if (_buffer != null)
            {
                _buffer.Dispose();
            }
            _buffer = null;
        }
    }
}
