using System;
using System.Collections.Generic;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>Values by the numbers of their names.</summary>
    sealed class PropertyBag
    {
        readonly Dictionary<int, object> _values;

        public PropertyBag()
        {
            _values = new Dictionary<int, object>();
        }

        public PropertyBag(PropertyBag other)
        {
            _values = new Dictionary<int, object>(other._values);
        }

        public bool IsEmpty
        {
            get { return _values.Count == 0; }
        }

        public IEnumerable<int> Names
        {
            get { return _values.Keys; }
        }

        public static T[] Copy<T>(T[] values)
        {
            if (values == null)
            {
                throw new ArgumentNullException("values");
            }
            if (values.Length == 0)
            {
                throw new ArgumentException("Zero-sized array is not allowed.");
            }
            return (T[])values.Clone();
        }

        public void Put(int name, object value)
        {
            if (value == null)
            {
                _values.Remove(name);
                return;
            }
            _values[name] = value;
        }

        public T Get<T>(int name)
        {
            object value;
            return _values.TryGetValue(name, out value) && value is T ? (T)value : default(T);
        }

        public object Get(int name)
        {
            object value;
            _values.TryGetValue(name, out value);
            return value;
        }

        public bool Has<T>(int name)
        {
            return Get(name) is T;
        }

        public void Clear()
        {
            _values.Clear();
        }
    }
}
