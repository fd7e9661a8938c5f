using UnityEngine;

namespace UnityDouble
{
    /// <summary>Boxes that hold turned boxes.</summary>
    static class Extent
    {
        public static Bounds Of(Bounds local, Matrix4x4 matrix)
        {
            Bounds made = new Bounds(matrix.MultiplyPoint3x4(local.center), Vector3.zero);
            for (int corner = 0; corner < 8; corner++)
            {
                Vector3 sign =
                    new Vector3((corner & 1) * 2 - 1, (corner & 2) - 1, (corner & 4) / 2 - 1);
                made.Encapsulate(
                    matrix.MultiplyPoint3x4(local.center + Vector3.Scale(sign, local.extents)));
            }
            return made;
        }
    }
}
