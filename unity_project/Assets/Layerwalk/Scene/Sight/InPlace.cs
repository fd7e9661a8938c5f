using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Sorts without allocating anything: the library makes a delegate of a comparer, and lists
    /// are sorted anew whenever a head moves. What compares equal changes places.
    /// </summary>
    public static class InPlace
    {
        /// <summary>Heapsort: never slower than n log n, which is not so of what is nearly
        /// sorted.</summary>
        public static void Sort<T>(T[] items, int first, int count, IComparer<T> by)
        {
            for (int root = count / 2 - 1; root >= 0; root--)
            {
                Sink(items, first, root, count, by);
            }
            for (int end = count - 1; end > 0; end--)
            {
                T largest = items[first];
                items[first] = items[first + end];
                items[first + end] = largest;
                Sink(items, first, 0, end, by);
            }
        }

        static void Sink<T>(T[] items, int first, int root, int count, IComparer<T> by)
        {
            T sinking = items[first + root];
            for (int child; (child = 2 * root + 1) < count; root = child)
            {
                bool right = child + 1 < count
                    && by.Compare(items[first + child], items[first + child + 1]) < 0;
                child += right ? 1 : 0;
                if (by.Compare(sinking, items[first + child]) >= 0)
                {
                    break;
                }
                items[first + root] = items[first + child];
            }
            items[first + root] = sinking;
        }
    }
}
