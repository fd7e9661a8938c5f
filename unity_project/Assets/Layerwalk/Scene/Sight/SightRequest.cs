using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A plan as a request: coarse levels of all, then detail in batches that double in size;
    /// within a batch by name, so that a small step changes no request.
    /// </summary>
    public static class SightRequest
    {
        const int MostNames = 4096; // of a part
        const int AllLevels = 13;

        /// <summary>Of a plan that is not empty, within a budget in bytes.</summary>
        public static Request Of(SightPlan plan, string network, long budgetBytes, int edge)
        {
            List<Part> parts = Parts(plan);
            Part first = parts[0];
            parts.RemoveAt(0);
            return new Request(
                first.Layers, first.Levels, network, 0, first.FirstLight, parts.ToArray(),
                budgetBytes, edge);
        }

        /// <summary>Whether two requests ask for the same; their numbers may differ.</summary>
        public static bool Same(Request a, Request b)
        {
            bool same = a.Network == b.Network && a.BudgetBytes == b.BudgetBytes
                && a.TextureEdge == b.TextureEdge && a.FirstLight == b.FirstLight
                && Same(a.Layers, b.Layers) && Same(a.Levels, b.Levels)
                && a.Then.Length == b.Then.Length;
            for (int i = 0; same && i < a.Then.Length; i++)
            {
                Part one = a.Then[i], other = b.Then[i];
                same = one.FirstLight == other.FirstLight && Same(one.Layers, other.Layers)
                    && Same(one.Levels, other.Levels);
            }
            return same;
        }

        static List<Part> Parts(SightPlan plan)
        {
            var parts = new List<Part>();
            var names = new List<string>();
            foreach (List<string> batch in Batches(plan.Layers))
            {
                names.AddRange(batch);
            }
            for (int at = 0; at < names.Count; at += MostNames)
            {
                int count = Math.Min(MostNames, names.Count - at);
                string[] layers = names.GetRange(at, count).ToArray();
                parts.Add(new Part(layers, From(0), true));
            }
            List<string> detailed = plan.Layers.FindAll(
                layer => plan[layer].Finest < plan[layer].Coarse);
            foreach (List<string> batch in Batches(detailed))
            {
                AddDetail(parts, batch, plan);
            }
            return parts;
        }

        // One part for each finest level among these layers.
        static void AddDetail(List<Part> parts, List<string> batch, SightPlan plan)
        {
            for (int level = 0; level < AllLevels; level++)
            {
                int finest = level;
                List<string> layers = batch.FindAll(layer => plan[layer].Finest == finest);
                if (layers.Count > 0)
                {
                    parts.Add(new Part(layers.ToArray(), From(level), false));
                }
            }
        }

        static IEnumerable<List<string>> Batches(List<string> names)
        {
            for (int at = 0; at < names.Count;)
            {
                int count = Math.Min(MostNames, Math.Max(1, at));
                count = Math.Min(count, names.Count - at);
                List<string> batch = names.GetRange(at, count);
                batch.Sort(StringComparer.Ordinal);
                yield return batch;
                at += count;
            }
        }

        static long[] From(int finest)
        {
            var levels = new long[AllLevels - finest];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = finest + i;
            }
            return levels;
        }

        static bool Same<T>(T[] a, T[] b)
            where T : IEquatable<T>
        {
            bool same = a.Length == b.Length;
            for (int i = 0; same && i < a.Length; i++)
            {
                same = a[i].Equals(b[i]);
            }
            return same;
        }
    }
}
