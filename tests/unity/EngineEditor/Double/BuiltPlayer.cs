using UnityEditor;

namespace UnityDouble
{
    /// <summary>A player that was asked for.</summary>
    public sealed class BuiltPlayer
    {
        internal BuiltPlayer(BuildPlayerOptions options, bool hasOpenXr)
        {
            Options = options;
            HasOpenXr = hasOpenXr;
        }

        public BuildPlayerOptions Options { get; }

        /// <summary>Whether the loader was assigned at that moment.</summary>
        public bool HasOpenXr { get; }
    }
}
