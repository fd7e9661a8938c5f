using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>The shared document as this client knows it.</summary>
    public sealed class SharedDocument
    {
        Map<object> _all = Map<object>.Empty;

        public long Revision { get; private set; }

        /// <summary>The whole document, of Welcome or a snapshot.</summary>
        public void Reset(Map<object> document, long revision)
        {
            _all = document;
            Revision = revision;
        }

        /// <summary>One change; false for one that is included already.</summary>
        public bool Apply(DocumentChanged change)
        {
            if (change.Revision <= Revision || change.Path.Length == 0)
            {
                return false;
            }
            Revision = change.Revision;
            _all = With(_all, change.Path, 0, change.Value);
            return true;
        }

        /// <summary>The value at a path; null where there is none.</summary>
        public object At(params string[] path)
        {
            object value = _all;
            foreach (string part in path)
            {
                var map = value as Map<object>;
                if (map == null || !map.TryGetValue(part, out value))
                {
                    return null;
                }
            }
            return value;
        }

        // A copy of the map in which `path` from `at` on leads to `value`; null removes it.
        static Map<object> With(Map<object> map, string[] path, int at, object value)
        {
            string key = path[at];
            object inner = value;
            if (at + 1 < path.Length)
            {
                object before;
                map.TryGetValue(key, out before);
                inner = With(before as Map<object> ?? Map<object>.Empty, path, at + 1, value);
            }
            var copy = new Map<object>.Builder();
            foreach (KeyValuePair<string, object> entry in map.Entries)
            {
                if (entry.Key != key)
                {
                    copy.Set(entry.Key, entry.Value);
                }
            }
            return (inner == null ? copy : copy.Set(key, inner)).Build();
        }
    }
}
