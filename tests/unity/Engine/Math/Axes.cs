using System;
using System.Globalization;
using System.Linq;

namespace UnityEngine
{
    /// <summary>What all vectors do alike.</summary>
    static class Axes
    {
        public static void Check(int index, int count, string type)
        {
            if (index < 0 || index >= count)
            {
                throw new IndexOutOfRangeException("Invalid " + type + " index!");
            }
        }

        public static int Hash(params float[] values)
        {
            return values.Aggregate(
                17, (hash, value) => unchecked(hash * 31 + value.GetHashCode()));
        }

        public static string Text(string format, IFormatProvider provider, params float[] values)
        {
            IFormatProvider by = provider ?? CultureInfo.InvariantCulture.NumberFormat;
            return "(" + string.Join(", ", values.Select(v => v.ToString(format, by)).ToArray())
                + ")";
        }
    }
}
