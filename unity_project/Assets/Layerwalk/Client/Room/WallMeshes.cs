using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Shapes of walls, eight times over; shaders/README.md says what vertices mean.
    /// </summary>
    static class WallMeshes
    {
        const float EdgeM = 0.012f;
        const float Diagonal = 0.70710678f;

        // Metres from the field at which a face's light is computed.
        static readonly float[] NearRings = { 0, 0.06f, 0.16f, 0.42f, 9 };
        static readonly float[] FarRings = { 0, 0.1f, 0.42f, 9 };

        // Corner of the field, and direction away from it.
        static readonly Vector4[] Around =
        {
            new Vector4(0, 0, -1, 0), new Vector4(0, 0, -Diagonal, -Diagonal),
            new Vector4(0, 0, 0, -1), new Vector4(1, 0, 0, -1),
            new Vector4(1, 0, Diagonal, -Diagonal), new Vector4(1, 0, 1, 0),
            new Vector4(1, 1, 1, 0), new Vector4(1, 1, Diagonal, Diagonal),
            new Vector4(1, 1, 0, 1), new Vector4(0, 1, 0, 1),
            new Vector4(0, 1, -Diagonal, Diagonal), new Vector4(0, 1, -1, 0),
        };

        static readonly Vector4[] Square =
        {
            new Vector4(0, 0, -1, -1), new Vector4(1, 0, 1, -1), new Vector4(1, 1, 1, 1),
            new Vector4(0, 1, -1, 1),
        };

        /// <summary>Squares: 0 .. 1 from the left and the top.</summary>
        public static Mesh Quads()
        {
            var builder = new MeshBuilder(0);
            for (int member = 0; member < NumberedDraw.Together; member++)
            {
                for (int corner = 0; corner < 4; corner++)
                {
                    builder.Add(new Vector3(corner % 2, corner / 2, member));
                }
                builder.Quad();
            }
            return Made(builder, "Layerwalk quads");
        }

        /// <summary>Faces with light around the field; far ones have a third of the vertices.
        /// </summary>
        public static Mesh Faces(bool near)
        {
            var builder = new MeshBuilder(1);
            for (int member = 0; member < NumberedDraw.Together; member++)
            {
                AddRings(
                    builder, near ? NearRings : FarRings, near ? Around : Square, member);
                AddEdge(builder, member);
                AddInside(builder, member);
            }
            return Made(builder, near ? "Layerwalk faces" : "Layerwalk far faces");
        }

        static void AddRings(MeshBuilder builder, float[] metres, Vector4[] around, int member)
        {
            int first = builder.Count, sides = around.Length;
            foreach (float away in metres)
            {
                foreach (Vector4 ring in around)
                {
                    builder.Add(new Vector3(away, 0, member), ring);
                }
            }
            for (int i = 0; i < (metres.Length - 1) * sides; i++)
            {
                int a = first + i, b = first + i / sides * sides + (i + 1) % sides;
                builder.Triangle(a, a + sides, b);
                builder.Triangle(b, a + sides, b + sides);
            }
        }

        static void AddEdge(MeshBuilder builder, int member)
        {
            int first = builder.Count;
            for (int i = 0; i < 8; i++)
            {
                Vector4 corner = Square[i % 4];
                float away = i < 4 ? 0 : EdgeM;
                builder.Add(
                    new Vector3(away, 1, member),
                    new Vector4(corner.x, corner.y, -corner.z, -corner.w)); // inwards
            }
            for (int i = 0; i < 4; i++)
            {
                int a = first + i, b = first + (i + 1) % 4;
                builder.Triangle(a, b, a + 4);
                builder.Triangle(b, b + 4, a + 4);
            }
        }

        static void AddInside(MeshBuilder builder, int member)
        {
            int first = builder.Count;
            foreach (Vector4 corner in Square)
            {
                builder.Add(
                    new Vector3(0, 2, member), new Vector4(corner.x, corner.y, 0, 0));
            }
            builder.Triangle(first, first + 1, first + 2);
            builder.Triangle(first, first + 2, first + 3);
        }

        static Mesh Made(MeshBuilder builder, string name)
        {
            var mesh = new Mesh { name = name, hideFlags = HideFlags.HideAndDontSave };
            builder.WriteTo(mesh);
            return mesh;
        }
    }
}
