using UnityEngine;

namespace UnityEditor.Build.Reporting
{
    public sealed class BuildReport : Object
    {
        readonly string _errors;

        internal BuildReport(BuildSummary summary, string errors)
        {
            this.summary = summary;
            _errors = errors;
            Born();
        }

        public BuildSummary summary { get; }

        public string SummarizeErrors()
        {
            return _errors;
        }
    }
}
