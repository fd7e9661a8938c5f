using System;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>
    /// What a script asked to be drawn; the block is copied at once, the rest read later.
    /// </summary>
    sealed class Submission
    {
        public readonly RenderParams Params;
        public readonly PropertyBag Block;
        public readonly Mesh Mesh;
        public readonly int Submesh;
        public readonly int Instances;
        public readonly Matrix4x4 Matrix;
        public readonly int Vertices;
        public readonly MeshTopology Topology;

        public bool IsInstanced { get; private set; }

        public Bounds Bounds { get; private set; }

        public Submission(
            RenderParams with, Mesh mesh, int submesh, int instances, Matrix4x4 matrix)
            : this(with, instances)
        {
            if (mesh == null)
            {
                throw new ArgumentNullException("mesh");
            }
            Mesh = mesh;
            // The engine takes the last one where there are fewer.
            Submesh = Mathf.Clamp(submesh, 0, mesh.subMeshCount - 1);
            Vertices = (int)mesh.GetIndexCount(Submesh);
            Topology = mesh.GetTopology(Submesh);
            Matrix = matrix;
            bool given = with.worldBounds.extents != Vector3.zero;
            Bounds = given ? with.worldBounds : Extent.Of(mesh.bounds, matrix);
        }

        public Submission(RenderParams with, MeshTopology topology, int vertices, int instances)
            : this(with, instances)
        {
            Topology = topology;
            Vertices = vertices;
            Matrix = Matrix4x4.identity;
            Bounds = with.worldBounds;
            IsInstanced = true;
        }

        Submission(RenderParams with, int instances)
        {
            if (with.material == null)
            {
                throw new ArgumentNullException("material");
            }
            Params = with;
            Block =
                with.matProps == null ? new PropertyBag() : new PropertyBag(with.matProps.Values);
            Instances = instances;
        }

        /// <summary>Whether what it needs was destroyed since.</summary>
        public bool IsGone
        {
            get
            {
                return Params.material == null || (!ReferenceEquals(Mesh, null) && Mesh == null);
            }
        }

        /// <summary>Its instances are numbered, and only the script knows where they are.</summary>
        public Submission Instanced()
        {
            IsInstanced = true;
            Bounds = Params.worldBounds;
            return this;
        }
    }
}
