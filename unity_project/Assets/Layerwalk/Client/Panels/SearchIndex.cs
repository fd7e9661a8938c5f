using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Finds layers and blocks by what a visitor types.</summary>
    public sealed class SearchIndex
    {
        readonly List<Finding> _all = new List<Finding>();
        readonly List<string> _kinds = new List<string>();

        public SearchIndex(Network network)
        {
            foreach (Block block in network.Blocks)
            {
                if (block.Name != "")
                {
                    Add(block.Name, block.Kind, block.Nodes.Length + " ops");
                }
            }
            foreach (Node node in network.Nodes)
            {
                if (node.Shown)
                {
                    Add(node.Name, node.Kind, Shape(node.Axes));
                }
            }
        }

        /// <summary>At most so many, the best first; in order of the network among equals.
        /// </summary>
        public List<Finding> Find(string text, int most)
        {
            string wanted = text.Trim().ToLowerInvariant();
            var fits = new List<KeyValuePair<double, int>>();
            for (int i = 0; i < _all.Count && wanted != ""; i++)
            {
                double fit = Fit(wanted, _all[i].Name.ToLowerInvariant(), _kinds[i]);
                if (fit > 0)
                {
                    fits.Add(new KeyValuePair<double, int>(fit, i));
                }
            }
            fits.Sort((a, b) => a.Key != b.Key
                ? b.Key.CompareTo(a.Key) : a.Value.CompareTo(b.Value));
            var found = new List<Finding>();
            for (int i = 0; i < Math.Min(most, fits.Count); i++)
            {
                found.Add(_all[fits[i].Value]);
            }
            return found;
        }

        // 0 not at all, 100 exactly; of two fits the shorter name is meant.
        static double Fit(string wanted, string name, string kind)
        {
            double brevity = 10 / (1 + name.Length / 10.0);
            if (name == wanted)
            {
                return 100;
            }
            if (kind == wanted)
            {
                return 90;
            }
            if (name.StartsWith(wanted, StringComparison.Ordinal))
            {
                return 65 + brevity;
            }
            if (kind.StartsWith(wanted, StringComparison.Ordinal))
            {
                return 50 + brevity;
            }
            if (name.Contains(wanted))
            {
                return 20 + brevity;
            }
            return IsSubsequence(wanted.Replace(" ", ""), name) ? 5 + brevity / 2 : 0;
        }

        static bool IsSubsequence(string text, string name)
        {
            int at = 0;
            foreach (char letter in text)
            {
                at = name.IndexOf(letter, at) + 1;
                if (at == 0)
                {
                    return false;
                }
            }
            return text.Length > 1;
        }

        static string Shape(Axis[] axes)
        {
            return string.Join(" \u00d7 ", Array.ConvertAll(axes, axis => axis.Size.ToString()));
        }

        void Add(string name, string kind, string detail)
        {
            _all.Add(new Finding(name, kind + "  " + detail));
            _kinds.Add(kind.ToLowerInvariant());
        }
    }
}
