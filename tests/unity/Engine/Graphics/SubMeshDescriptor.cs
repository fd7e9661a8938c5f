namespace UnityEngine.Rendering
{
    public partial struct SubMeshDescriptor
    {
        public SubMeshDescriptor(
            int indexStart, int indexCount, MeshTopology topology = MeshTopology.Triangles)
            : this()
        {
            this.indexStart = indexStart;
            this.indexCount = indexCount;
            this.topology = topology;
        }

        public Bounds bounds { get; set; }

        public MeshTopology topology { get; set; }

        public int indexStart { get; set; }

        public int indexCount { get; set; }

        public int baseVertex { get; set; }

        public int firstVertex { get; set; }

        public int vertexCount { get; set; }
    }
}
