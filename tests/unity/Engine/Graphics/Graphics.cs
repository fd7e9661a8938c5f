using System;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    public partial class Graphics
    {
        public static void RenderMesh(
            in RenderParams rparams, Mesh mesh, int submeshIndex, Matrix4x4 objectToWorld,
            Matrix4x4? prevObjectToWorld = null)
        {
            MainThread.Check("RenderMesh");
            using (Allocation.Noted())
            {
                Player.Submit(new Submission(rparams, mesh, submeshIndex, 1, objectToWorld));
            }
        }

        /// <summary>Its extent is that of `worldBounds`; it has no matrix of its own.</summary>
        public static void RenderMeshPrimitives(
            in RenderParams rparams, Mesh mesh, int submeshIndex, int instanceCount = 1)
        {
            Instancing("RenderMeshPrimitives");
            if (instanceCount <= 0)
            {
                return;
            }
            Matrix4x4 own = Matrix4x4.identity;
            using (Allocation.Noted())
            {
                Player.Submit(
                    new Submission(rparams, mesh, submeshIndex, instanceCount, own).Instanced());
            }
        }

        public static void RenderPrimitives(
            in RenderParams rparams, MeshTopology topology, int vertexCount, int instanceCount = 1)
        {
            Instancing("RenderPrimitives");
            if (instanceCount <= 0 || vertexCount <= 0)
            {
                return;
            }
            using (Allocation.Noted())
            {
                Player.Submit(new Submission(rparams, topology, vertexCount, instanceCount));
            }
        }

        static void Instancing(string member)
        {
            MainThread.Check(member);
            if (!Machine.SupportsInstancing)
            {
                throw new InvalidOperationException("Instancing is not supported.");
            }
        }
    }
}
