using System.Collections.Generic;
using System.Linq;
using System.Threading;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>Everything that has a native half.</summary>
    public static class World
    {
        static readonly SortedDictionary<int, UnityEngine.Object> Objects =
            new SortedDictionary<int, UnityEngine.Object>();
        static readonly List<KeyValuePair<float, UnityEngine.Object>> Doomed =
            new List<KeyValuePair<float, UnityEngine.Object>>();
        static readonly HashSet<int> Assets = new HashSet<int>();
        static int _lastId;

        /// <summary>Those that live now, in the order in which they were made.</summary>
        public static List<T> All<T>()
            where T : UnityEngine.Object
        {
            return Objects.Values.OfType<T>().ToList();
        }

        /// <summary>Whether it came with the project rather than from code.</summary>
        public static bool IsAsset(UnityEngine.Object thing)
        {
            return Assets.Contains(thing.GetHashCode());
        }

        internal static bool IsActive(UnityEngine.Object thing)
        {
            GameObject gameObject = thing as GameObject;
            Component component = thing as Component;
            if (component != null)
            {
                gameObject = component.gameObject;
            }
            return gameObject == null || gameObject.activeInHierarchy;
        }

        internal static int NextId()
        {
            // Threads that make objects are refused afterwards, but must not break the count.
            return Interlocked.Increment(ref _lastId);
        }

        internal static void Add(UnityEngine.Object thing)
        {
            Objects[thing.GetHashCode()] = thing;
        }

        internal static void Remove(UnityEngine.Object thing)
        {
            Objects.Remove(thing.GetHashCode());
            Assets.Remove(thing.GetHashCode());
        }

        internal static T Asset<T>(T thing)
            where T : UnityEngine.Object
        {
            Assets.Add(thing.GetHashCode());
            return thing;
        }

        internal static void DestroyLater(UnityEngine.Object thing, float seconds)
        {
            float at = seconds > 0 ? Time.time + seconds : float.NegativeInfinity;
            Doomed.Add(new KeyValuePair<float, UnityEngine.Object>(at, thing));
        }

        internal static void DestroyNow(UnityEngine.Object thing)
        {
            GameObject gameObject = thing as GameObject;
            Component component = thing as Component;
            if (gameObject != null)
            {
                gameObject.End();
            }
            else if (component != null)
            {
                component.End();
            }
            else
            {
                thing.Die();
            }
        }

        /// <summary>The end of a frame: what was to be destroyed is.</summary>
        internal static void DestroyDoomed()
        {
            // OnDestroy may doom more, and that goes in the same frame.
            for (int i = 0; i < Doomed.Count;)
            {
                if (Doomed[i].Key > Time.time)
                {
                    i++;
                    continue;
                }
                UnityEngine.Object thing = Doomed[i].Value;
                Doomed.RemoveAt(i);
                if (thing != null)
                {
                    DestroyNow(thing);
                }
            }
        }

        internal static void Clear()
        {
            foreach (UnityEngine.Object thing in Objects.Values.ToList())
            {
                thing.Die();
            }
            Objects.Clear();
            Doomed.Clear();
            Assets.Clear();
        }
    }
}
