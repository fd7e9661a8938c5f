namespace UnityEditor
{
    public struct BuildPlayerOptions
    {
        public string[] scenes { get; set; }

        public string locationPathName { get; set; }

        public BuildTargetGroup targetGroup { get; set; }

        public BuildTarget target { get; set; }

        public int subtarget { get; set; }

        public BuildOptions options { get; set; }
    }
}
