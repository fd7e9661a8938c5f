using System;

namespace UnityEditor.Build
{
    public readonly struct NamedBuildTarget : IEquatable<NamedBuildTarget>
    {
        public static readonly NamedBuildTarget Standalone = new NamedBuildTarget("Standalone");
        public static readonly NamedBuildTarget Android = new NamedBuildTarget("Android");

        NamedBuildTarget(string name)
        {
            TargetName = name;
        }

        public string TargetName { get; }

        public bool Equals(NamedBuildTarget other)
        {
            return TargetName == other.TargetName;
        }
    }
}
