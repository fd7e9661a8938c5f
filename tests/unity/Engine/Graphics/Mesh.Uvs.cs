using System.Collections.Generic;

namespace UnityEngine
{
    /// <summary>Reads what vertices have besides their positions.</summary>
    public sealed partial class Mesh
    {
        public void GetUVs(int channel, List<Vector4> uvs)
        {
            uvs.Clear();
            uvs.AddRange(Read<Vector4>(Channel(channel)));
        }
    }
}
