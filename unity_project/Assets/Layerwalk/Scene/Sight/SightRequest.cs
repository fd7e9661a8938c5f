using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A plan as a request: coarse levels of all, then detail in batches that double in size;
    /// within a batch by name, so that a small step changes no request. What was drafted can be
    /// compared with a request before one is made: looking around allocates nothing until
    /// something else is asked for.
    /// </summary>
    public sealed class SightRequest
    {
        const int MostNames = 4096; // of a part
        const int AllLevels = 13;

        readonly List<Draft> _parts = new List<Draft>();

        string[] _names = new string[64], _batch = new string[64];
        int _count; // of names

        /// <summary>Of a plan that is not empty, within a budget in bytes.</summary>
        public static Request Of(SightPlan plan, string network, long budgetBytes, int edge)
        {
            var request = new SightRequest();
            request.Make(plan);
            return request.Build(network, budgetBytes, edge);
        }

        /// <summary>Drafts what to ask for; a plan that is not empty.</summary>
        public void Make(SightPlan plan)
        {
            _parts.Clear();
            _count = 0;
            int all = plan.Layers.Count;
            Reserve(2 * all);
            AddAll(plan);
            for (int at = 0; at < all; at += MostNames)
            {
                _parts.Add(new Draft(at, Math.Min(MostNames, all - at), 0, true));
            }
            AddDetail(plan);
        }

        /// <summary>The draft as a request.</summary>
        public Request Build(string network, long budgetBytes, int edge)
        {
            Part first = Built(_parts[0]);
            var then = new Part[_parts.Count - 1];
            for (int i = 0; i < then.Length; i++)
            {
                then[i] = Built(_parts[i + 1]);
            }
            return new Request(
                first.Layers, first.Levels, network, 0, first.FirstLight, then, budgetBytes, edge);
        }

        /// <summary>Whether a request asks for what the draft does; numbers may differ.</summary>
        public bool IsSame(Request request, string network, long budgetBytes, int edge)
        {
            bool same = request.Network == network && request.BudgetBytes == budgetBytes
                && request.TextureEdge == edge && request.Then.Length == _parts.Count - 1
                && Same(_parts[0], request.Layers, request.Levels, request.FirstLight);
            for (int i = 1; same && i < _parts.Count; i++)
            {
                Part part = request.Then[i - 1];
                same = Same(_parts[i], part.Layers, part.Levels, part.FirstLight);
            }
            return same;
        }

        void Reserve(int count)
        {
            if (_names.Length < count)
            {
                _names = new string[2 * count];
                _batch = new string[2 * count];
            }
        }

        void AddAll(SightPlan plan)
        {
            _count = plan.Layers.Count;
            plan.Layers.CopyTo(_names);
            for (int at = 0, size; at < _count; at += size)
            {
                size = Batch(at, _count);
                InPlace.Sort(_names, at, size, StringComparer.Ordinal);
            }
        }

        void AddDetail(SightPlan plan)
        {
            int detailed = 0;
            foreach (string layer in plan.Layers)
            {
                Want want = plan[layer];
                if (want.Finest < want.Coarse)
                {
                    _batch[detailed++] = layer;
                }
            }
            for (int at = 0, size; at < detailed; at += size)
            {
                size = Batch(at, detailed);
                InPlace.Sort(_batch, at, size, StringComparer.Ordinal);
                AddLevels(plan, at, size);
            }
        }

        // One part for each finest level among these layers.
        void AddLevels(SightPlan plan, int at, int size)
        {
            for (int level = 0; level < AllLevels; level++)
            {
                int first = _count;
                for (int i = at; i < at + size; i++)
                {
                    if (plan[_batch[i]].Finest == level)
                    {
                        _names[_count++] = _batch[i];
                    }
                }
                if (_count > first)
                {
                    _parts.Add(new Draft(first, _count - first, level, false));
                }
            }
        }

        static int Batch(int at, int count)
        {
            return Math.Min(Math.Min(MostNames, Math.Max(1, at)), count - at);
        }

        Part Built(Draft draft)
        {
            var layers = new string[draft.Count];
            Array.Copy(_names, draft.First, layers, 0, draft.Count);
            var levels = new long[AllLevels - draft.Finest];
            for (int i = 0; i < levels.Length; i++)
            {
                levels[i] = draft.Finest + i;
            }
            return new Part(layers, levels, draft.FirstLight);
        }

        bool Same(Draft draft, string[] layers, long[] levels, bool firstLight)
        {
            bool same = firstLight == draft.FirstLight && layers.Length == draft.Count
                && levels.Length == AllLevels - draft.Finest;
            for (int i = 0; same && i < layers.Length; i++)
            {
                same = layers[i] == _names[draft.First + i];
            }
            return same;
        }

        /// <summary>Some of the names, and the finest level that is wanted of them.</summary>
        struct Draft
        {
            public readonly int First, Count, Finest;
            public readonly bool FirstLight;

            public Draft(int first, int count, int finest, bool firstLight)
            {
                First = first;
                Count = count;
                Finest = finest;
                FirstLight = firstLight;
            }
        }
    }
}
