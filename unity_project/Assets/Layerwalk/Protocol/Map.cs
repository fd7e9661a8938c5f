using System;
using System.Collections.Generic;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// A map from texts, which never changes and keeps its order, so that it is written as it was
    /// read. Small ones, of which documents are full, are searched one by one.
    /// </summary>
    public sealed class Map<T>
    {
        const int Few = 8; // entries

        public static readonly Map<T> Empty = new Builder().Build();

        /// <summary>All entries in order; not to be changed.</summary>
        public readonly KeyValuePair<string, T>[] Entries;

        readonly Dictionary<string, int> _indices; // null for few entries

        Map(KeyValuePair<string, T>[] entries, Dictionary<string, int> indices)
        {
            Entries = entries;
            _indices = indices;
        }

        public int Count
        {
            get { return Entries.Length; }
        }

        /// <summary>The value of `key`. Throws KeyNotFoundException where there is none.</summary>
        public T this[string key]
        {
            get
            {
                T value;
                if (!TryGetValue(key, out value))
                {
                    throw new KeyNotFoundException("no entry is called '" + key + "'");
                }
                return value;
            }
        }

        public bool ContainsKey(string key)
        {
            return IndexOf(Entries, Entries.Length, _indices, key) >= 0;
        }

        public bool TryGetValue(string key, out T value)
        {
            int index = IndexOf(Entries, Entries.Length, _indices, key);
            value = index >= 0 ? Entries[index].Value : default(T);
            return index >= 0;
        }

        static int IndexOf(
            IList<KeyValuePair<string, T>> entries, int count, Dictionary<string, int> indices,
            string key)
        {
            int found;
            if (indices != null)
            {
                return indices.TryGetValue(key, out found) ? found : -1;
            }
            for (found = count - 1; found >= 0 && entries[found].Key != key; found--)
            {
            }
            return found;
        }

        /// <summary>Makes a map, entry by entry.</summary>
        public sealed class Builder
        {
            readonly List<KeyValuePair<string, T>> _entries = new List<KeyValuePair<string, T>>();
            Dictionary<string, int> _indices;

            /// <summary>Adds an entry, or gives the one of this key another value.</summary>
            public Builder Set(string key, T value)
            {
                var entry = new KeyValuePair<string, T>(key, value);
                int index = IndexOf(_entries, _entries.Count, _indices, key);
                if (index >= 0)
                {
                    _entries[index] = entry;
                    return this;
                }
                _entries.Add(entry);
                Index(key);
                return this;
            }

            /// <summary>The map; the builder is of no use afterwards.</summary>
            public Map<T> Build()
            {
                return new Map<T>(_entries.ToArray(), _indices);
            }

            void Index(string key)
            {
                if (_indices != null)
                {
                    _indices.Add(key, _entries.Count - 1);
                }
                else if (_entries.Count > Few)
                {
                    _indices = new Dictionary<string, int>(StringComparer.Ordinal);
                    for (int i = 0; i < _entries.Count; i++)
                    {
                        _indices.Add(_entries[i].Key, i);
                    }
                }
            }
        }
    }
}
