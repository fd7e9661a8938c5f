using System;
using System.Collections.Generic;
using System.Linq;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    /// <summary>Which vertices make triangles or lines.</summary>
    public sealed partial class Mesh
    {
        public int[] triangles
        {
            get
            {
                Writable("get_triangles");
                return _subMeshes.Where(s => s.topology == MeshTopology.Triangles)
                    .SelectMany(s => _indices.Skip(s.indexStart).Take(s.indexCount)).ToArray();
            }
            set
            {
                Writable("set_triangles");
                subMeshCount = 1;
                SetIndices(value, MeshTopology.Triangles, 0, true, 0);
            }
        }

        public void SetTriangles(int[] triangles, int submesh)
        {
            SetIndices(triangles, MeshTopology.Triangles, submesh, true, 0);
        }

        public void SetTriangles(List<int> triangles, int submesh)
        {
            SetTriangles(triangles.ToArray(), submesh);
        }

        public void SetIndices(int[] indices, MeshTopology topology, int submesh)
        {
            SetIndices(indices, topology, submesh, true, 0);
        }

        public void SetIndices(
            int[] indices, MeshTopology topology, int submesh, bool calculateBounds)
        {
            SetIndices(indices, topology, submesh, calculateBounds, 0);
        }

        public void SetIndices(
            List<int> indices, MeshTopology topology, int submesh, bool calculateBounds = true,
            int baseVertex = 0)
        {
            using (Allocation.Noted())
            {
                SetIndices(indices.ToArray(), topology, submesh, calculateBounds, baseVertex);
            }
        }

        public void SetIndices(
            int[] indices, MeshTopology topology, int submesh, bool calculateBounds, int baseVertex)
        {
            Writable("SetIndices");
            if (submesh < 0 || submesh >= _subMeshes.Count)
            {
                Debug.LogError("Failed setting triangles. Submesh index is out of bounds.");
                return;
            }
            if (!Fit(indices, topology, baseVertex))
            {
                return;
            }
            int[][] parts = _subMeshes.Select(
                s => _indices.Skip(s.indexStart).Take(s.indexCount).ToArray()).ToArray();
            parts[submesh] = (int[])indices.Clone();
            _subMeshes[submesh] =
                new SubMeshDescriptor(0, indices.Length, topology) { baseVertex = baseVertex };
            _indices = parts.SelectMany(part => part).ToArray();
            int start = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                SubMeshDescriptor part = _subMeshes[i];
                part.indexStart = start;
                _subMeshes[i] = part;
                start += parts[i].Length;
            }
            if (calculateBounds)
            {
                RecalculateBounds();
            }
        }

        public int[] GetIndices(int submesh)
        {
            Writable("GetIndices");
            SubMeshDescriptor part = GetSubMesh(submesh);
            return _indices.Skip(part.indexStart).Take(part.indexCount).ToArray();
        }

        public uint GetIndexCount(int submesh)
        {
            return (uint)GetSubMesh(submesh).indexCount;
        }

        public MeshTopology GetTopology(int submesh)
        {
            return GetSubMesh(submesh).topology;
        }

        public SubMeshDescriptor GetSubMesh(int index)
        {
            Native("GetSubMesh");
            if (index < 0 || index >= _subMeshes.Count)
            {
                throw new IndexOutOfRangeException(
                    "Specified sub mesh is out of range. Must be greater or equal to 0 and less "
                    + "than subMeshCount.");
            }
            return _subMeshes[index];
        }

        bool Fit(int[] indices, MeshTopology topology, int baseVertex)
        {
            int corners =
                topology == MeshTopology.Triangles ? 3 : topology == MeshTopology.Quads ? 4
                : topology == MeshTopology.Lines ? 2 : 1;
            if (indices.Length % corners != 0)
            {
                Debug.LogError(
                    "Failed setting triangles. The number of supplied triangle indices must be a "
                    + "multiple of " + corners + ".");
                return false;
            }
            if (indices.Any(i => i + baseVertex < 0 || i + baseVertex >= _vertexCount))
            {
                Debug.LogError(
                    "Failed setting triangles. Some indices are referencing out of bounds "
                    + "vertices.");
                return false;
            }
            if (_format == IndexFormat.UInt16 && indices.Any(i => i > 65535))
            {
                Debug.LogError(
                    "Failed setting triangles. An index is too large for 16 bits; set indexFormat "
                    + "to UInt32.");
                return false;
            }
            return true;
        }
    }
}
