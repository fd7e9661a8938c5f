using System;
using System.Collections;
using System.Collections.Generic;
using UnityDouble;

namespace Unity.Collections
{
    /// <summary>Copies of it are the same memory: dispose of one, and all are gone.</summary>
    public struct NativeArray<T> : IDisposable, IEnumerable<T>, IEquatable<NativeArray<T>>
        where T : struct
    {
        readonly T[] _items;
        readonly int _start;
        readonly int _length;
        readonly NativeMemory _memory;

        public NativeArray(
            int length, Allocator allocator,
            NativeArrayOptions options = NativeArrayOptions.ClearMemory)
        {
            if (allocator <= Allocator.None)
            {
                throw new ArgumentException(
                    "Allocator must be Temp, TempJob or Persistent", "allocator");
            }
            if (length < 0)
            {
                throw new ArgumentOutOfRangeException("length", "Length must be >= 0");
            }
            _items = new T[length];
            _start = 0;
            _length = length;
            _memory =
                new NativeMemory("NativeArray<" + typeof(T).Name + ">[" + length + "]", allocator);
        }

        public NativeArray(T[] array, Allocator allocator)
            : this(array.Length, allocator)
        {
            Copy(array, this);
        }

        public NativeArray(NativeArray<T> array, Allocator allocator)
            : this(array.Length, allocator)
        {
            Copy(array, this);
        }

        /// <summary>A view of memory that belongs to somebody else.</summary>
        internal NativeArray(T[] items, int start, int length, NativeMemory memory)
        {
            _items = items;
            _start = start;
            _length = length;
            _memory = memory;
        }

        public int Length
        {
            get { return _length; }
        }

        public bool IsCreated
        {
            get { return _memory != null && _memory.IsThere; }
        }

        public T this[int index]
        {
            get
            {
                return _items[At(index)];
            }
            set
            {
                _items[At(index)] = value;
            }
        }

        public static bool operator ==(NativeArray<T> left, NativeArray<T> right)
        {
            return left.Equals(right);
        }

        public static bool operator !=(NativeArray<T> left, NativeArray<T> right)
        {
            return !left.Equals(right);
        }

        public static void Copy(NativeArray<T> src, NativeArray<T> dst)
        {
            SameLength(src.Length, dst.Length);
            Copy(src, 0, dst, 0, src.Length);
        }

        public static void Copy(T[] src, NativeArray<T> dst)
        {
            SameLength(src.Length, dst.Length);
            Copy(src, 0, dst, 0, src.Length);
        }

        public static void Copy(NativeArray<T> src, T[] dst)
        {
            SameLength(src.Length, dst.Length);
            Copy(src, 0, dst, 0, src.Length);
        }

        public static void Copy(NativeArray<T> src, NativeArray<T> dst, int length)
        {
            Copy(src, 0, dst, 0, length);
        }

        public static void Copy(T[] src, NativeArray<T> dst, int length)
        {
            Copy(src, 0, dst, 0, length);
        }

        public static void Copy(NativeArray<T> src, T[] dst, int length)
        {
            Copy(src, 0, dst, 0, length);
        }

        public static void Copy(
            NativeArray<T> src, int srcIndex, NativeArray<T> dst, int dstIndex, int length)
        {
            src.Span(srcIndex, length, "src");
            dst.Span(dstIndex, length, "dst");
            Array.Copy(
                src._items, src._start + srcIndex, dst._items, dst._start + dstIndex, length);
        }

        public static void Copy(T[] src, int srcIndex, NativeArray<T> dst, int dstIndex, int length)
        {
            InArray(src, srcIndex, length, "src");
            dst.Span(dstIndex, length, "dst");
            Array.Copy(src, srcIndex, dst._items, dst._start + dstIndex, length);
        }

        public static void Copy(NativeArray<T> src, int srcIndex, T[] dst, int dstIndex, int length)
        {
            src.Span(srcIndex, length, "src");
            InArray(dst, dstIndex, length, "dst");
            Array.Copy(src._items, src._start + srcIndex, dst, dstIndex, length);
        }

        public void CopyFrom(T[] array)
        {
            Copy(array, this);
        }

        public void CopyFrom(NativeArray<T> array)
        {
            Copy(array, this);
        }

        public void CopyTo(T[] array)
        {
            Copy(this, array);
        }

        public void CopyTo(NativeArray<T> array)
        {
            Copy(this, array);
        }

        public T[] ToArray()
        {
            T[] made = new T[Length];
            Copy(this, made);
            return made;
        }

        public NativeArray<T> GetSubArray(int start, int length)
        {
            Span(start, length, "start");
            return new NativeArray<T>(_items, _start + start, length, _memory);
        }

        public void Dispose()
        {
            if (_memory == null || !_memory.IsThere)
            {
                throw new ObjectDisposedException("The NativeArray is already disposed.");
            }
            if (_memory.Allocator <= Allocator.None)
            {
                throw new InvalidOperationException(
                    "The NativeArray can not be Disposed because it was not allocated with a "
                    + "valid allocator.");
            }
            _memory.Free();
        }

        public Enumerator GetEnumerator()
        {
            return new Enumerator(ref this);
        }

        IEnumerator<T> IEnumerable<T>.GetEnumerator()
        {
            return GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator()
        {
            return GetEnumerator();
        }

        public bool Equals(NativeArray<T> other)
        {
            return ReferenceEquals(_items, other._items) && _start == other._start
                && Length == other.Length;
        }

        public override bool Equals(object obj)
        {
            return obj is NativeArray<T> && Equals((NativeArray<T>)obj);
        }

        public override int GetHashCode()
        {
            return _items == null ? 0 : _items.GetHashCode() ^ _start;
        }

        static void SameLength(int source, int target)
        {
            if (source != target)
            {
                throw new ArgumentException("source and destination length must be the same");
            }
        }

        static void InArray(T[] array, int index, int length, string name)
        {
            if (array == null)
            {
                throw new ArgumentNullException(name);
            }
            InRange(array.Length, index, length, name);
        }

        static void InRange(int all, int index, int length, string name)
        {
            if (length < 0)
            {
                throw new ArgumentOutOfRangeException(
                    "length", "length must be equal or greater than zero.");
            }
            if (index < 0 || index > all || index + length > all)
            {
                throw new ArgumentException(
                    "index " + index + " and length " + length + " do not fit " + name + " of "
                        + all);
            }
        }

        void Span(int index, int length, string name)
        {
            Check();
            InRange(Length, index, length, name);
        }

        int At(int index)
        {
            Check();
            if (index < 0 || index >= _length)
            {
                throw new IndexOutOfRangeException(
                    "Index " + index + " is out of range of '" + _length + "' Length.");
            }
            return _start + index;
        }

        void Check()
        {
            if (_memory == null)
            {
                throw new ObjectDisposedException("The NativeArray was never created.");
            }
            _memory.Check();
        }

        public struct Enumerator : IEnumerator<T>
        {
            readonly NativeArray<T> _array;
            int _at;

            public Enumerator(ref NativeArray<T> array)
            {
                _array = array;
                _at = -1;
            }

            public T Current
            {
                get { return _array[_at]; }
            }

            object IEnumerator.Current
            {
                get { return Current; }
            }

            public bool MoveNext()
            {
                _at++;
                return _at < _array.Length;
            }

            public void Reset()
            {
                _at = -1;
            }

            public void Dispose()
            {
            }
        }
    }
}
