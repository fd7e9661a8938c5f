namespace UnityEngine
{
    public sealed partial class MeshFilter : Component
    {
        Mesh _mesh;

        public Mesh sharedMesh
        {
            get
            {
                Native("get_sharedMesh");
                return _mesh;
            }
            set
            {
                Native("set_sharedMesh");
                _mesh = value;
            }
        }

        public Mesh mesh
        {
            get { return sharedMesh; }
            set { sharedMesh = value; }
        }
    }
}
