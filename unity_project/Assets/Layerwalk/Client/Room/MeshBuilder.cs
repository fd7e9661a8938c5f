using System.Collections.Generic;
using Layerwalk.Protocol;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Client
{
    /// <summary>Vertices and triangles, gathered for a mesh. Its memory is used again.</summary>
    public sealed class MeshBuilder
    {
        static readonly Bounds Everywhere = new Bounds(Vector3.zero, 4000 * Vector3.one);

        readonly List<Vector3> _positions = new List<Vector3>();
        readonly List<Vector4>[] _texcoords;
        readonly List<int> _indices = new List<int>();

        /// <summary>With so many TEXCOORDs a vertex.</summary>
        public MeshBuilder(int texcoords)
        {
            _texcoords = new List<Vector4>[texcoords];
            for (int i = 0; i < texcoords; i++)
            {
                _texcoords[i] = new List<Vector4>();
            }
        }

        /// <summary>How many vertices there are: the index of the next one.</summary>
        public int Count
        {
            get { return _positions.Count; }
        }

        public bool IsEmpty
        {
            get { return _indices.Count == 0; }
        }

        public void Clear()
        {
            _positions.Clear();
            _indices.Clear();
            foreach (List<Vector4> one in _texcoords)
            {
                one.Clear();
            }
        }

        public void Add(Vector3 position)
        {
            _positions.Add(position);
        }

        public void Add(Vec3 position, Vector4 texcoord0)
        {
            _positions.Add(Conversions.Plain(position));
            _texcoords[0].Add(texcoord0);
        }

        public void Add(Vector3 position, Vector4 texcoord0)
        {
            _positions.Add(position);
            _texcoords[0].Add(texcoord0);
        }

        public void Add(Vec3 position, Vector4 texcoord0, Vector4 texcoord1)
        {
            Add(position, texcoord0);
            _texcoords[1].Add(texcoord1);
        }

        public void Add(Vec3 position, Vector4 texcoord0, Vector4 texcoord1, Vector4 texcoord2)
        {
            Add(position, texcoord0, texcoord1);
            _texcoords[2].Add(texcoord2);
        }

        public void Triangle(int a, int b, int c)
        {
            _indices.Add(a);
            _indices.Add(b);
            _indices.Add(c);
        }

        /// <summary>
        /// Two triangles of the last four vertices: top left, top right, bottom left, bottom
        /// right, seen from their front.
        /// </summary>
        public void Quad()
        {
            int first = Count - 4;
            Triangle(first, first + 2, first + 1);
            Triangle(first + 1, first + 2, first + 3);
        }

        /// <summary>Gives all of it to a mesh, which had other triangles before.</summary>
        public void WriteTo(Mesh mesh)
        {
            mesh.Clear();
            mesh.indexFormat = Count > 65535 ? IndexFormat.UInt32 : IndexFormat.UInt16;
            mesh.SetVertices(_positions);
            for (int i = 0; i < _texcoords.Length; i++)
            {
                mesh.SetUVs(i, _texcoords[i]);
            }
            mesh.SetIndices(_indices, MeshTopology.Triangles, 0, false, 0);
            mesh.bounds = Everywhere; // shaders place the vertices: the engine must not cull them
        }
    }
}
