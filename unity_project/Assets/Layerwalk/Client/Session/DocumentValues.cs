using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Values of the shared document: null, bool, long, double, string, object[] and
    /// Map&lt;object&gt;.</summary>
    public static class DocumentValues
    {
        const double Rounding = 1e-6;

        /// <summary>Whether two say the same, but for how numbers are rounded; a map without
        /// entries says nothing.</summary>
        public static bool Same(object a, object b)
        {
            a = OrNothing(a);
            b = OrNothing(b);
            double x, y;
            if (TryNumber(a, out x) && TryNumber(b, out y))
            {
                return Math.Abs(x - y) <= Rounding;
            }
            var map = a as Map<object>;
            var list = a as object[];
            return map != null ? Same(map, b as Map<object>)
                : list != null ? Same(list, b as object[]) : Equals(a, b);
        }

        static object OrNothing(object value)
        {
            var map = value as Map<object>;
            return map != null && map.Count == 0 ? null : value;
        }

        static bool TryNumber(object value, out double number)
        {
            number = value is long ? (long)value : value is double ? (double)value : 0;
            return value is long || value is double;
        }

        static bool Same(Map<object> a, Map<object> b)
        {
            bool same = b != null && a.Count == b.Count;
            foreach (KeyValuePair<string, object> entry in a.Entries)
            {
                object other = null;
                same = same && b.TryGetValue(entry.Key, out other) && Same(entry.Value, other);
            }
            return same;
        }

        static bool Same(object[] a, object[] b)
        {
            bool same = b != null && a.Length == b.Length;
            for (int i = 0; same && i < a.Length; i++)
            {
                same = Same(a[i], b[i]);
            }
            return same;
        }
    }
}
