namespace UnityEditor.Build.Reporting
{
    public struct BuildSummary
    {
        internal BuildSummary(BuildResult result, string outputPath, int totalErrors)
        {
            this.result = result;
            this.outputPath = outputPath;
            this.totalErrors = totalErrors;
        }

        public string outputPath { get; }

        public int totalErrors { get; }

        public BuildResult result { get; }
    }
}
