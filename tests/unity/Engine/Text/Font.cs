using UnityDouble;

namespace UnityEngine
{
    public sealed partial class Font : Object
    {
        Material _material;

        public Font(string name)
        {
            MainThread.Check("Internal_CreateFont");
            Born();
            this.name = name;
        }

        public Material material
        {
            get { return Read(_material); }
            set { Write(ref _material, value); }
        }
    }
}
