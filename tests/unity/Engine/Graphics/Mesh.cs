using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    /// <summary>Vertices as lists; what is given as bytes of a buffer is kept as bytes.</summary>
    public sealed partial class Mesh : Object
    {
        static readonly int[] Nothing = new int[0];

        readonly Dictionary<VertexAttribute, Array> _streams =
            new Dictionary<VertexAttribute, Array>();
        readonly List<SubMeshDescriptor> _subMeshes =
            new List<SubMeshDescriptor> { new SubMeshDescriptor() };
        int[] _indices = Nothing;
        int _vertexCount;
        Bounds _bounds;
        IndexFormat _format;
        bool _readable = true;

        public Mesh()
        {
            MainThread.Check("Internal_Create");
            Born();
        }

        public bool isReadable
        {
            get { return Asked("get_isReadable", _readable); }
        }

        public int vertexCount
        {
            get { return Asked("get_vertexCount", _vertexCount); }
        }

        public int subMeshCount
        {
            get
            {
                return Asked("get_subMeshCount", _subMeshes.Count);
            }
            set
            {
                Writable("set_subMeshCount");
                while (_subMeshes.Count < value)
                {
                    _subMeshes.Add(new SubMeshDescriptor());
                }
                _subMeshes.RemoveRange(value, _subMeshes.Count - value);
            }
        }

        public IndexFormat indexFormat
        {
            get
            {
                return Asked("get_indexFormat", _format);
            }
            set
            {
                Writable("set_indexFormat");
                _format = value;
            }
        }

        public Bounds bounds
        {
            get
            {
                return Asked("get_bounds", _bounds);
            }
            set
            {
                Native("set_bounds");
                _bounds = value;
            }
        }

        public void Clear()
        {
            Clear(true);
        }

        public void Clear(bool keepVertexLayout)
        {
            Writable("Clear");
            _streams.Clear();
            _indices = Nothing;
            _vertexCount = 0;
            _subMeshes.Clear();
            _subMeshes.Add(new SubMeshDescriptor());
            _bounds = new Bounds();
        }

        public void MarkDynamic()
        {
            Native("MarkDynamic");
        }

        public void UploadMeshData(bool markNoLongerReadable)
        {
            Writable("UploadMeshData");
            _readable = !markNoLongerReadable;
        }

        public void RecalculateBounds()
        {
            Vector3[] points = vertices;
            _bounds = new Bounds();
            for (int i = 0; i < points.Length; i++)
            {
                _bounds = i == 0 ? new Bounds(points[0], Vector3.zero) : _bounds;
                _bounds.Encapsulate(points[i]);
            }
        }

        public void RecalculateNormals()
        {
            Vector3[] points = vertices;
            Vector3[] sums = new Vector3[points.Length];
            int[] corners = triangles;
            for (int i = 0; i + 2 < corners.Length; i += 3)
            {
                Vector3 a = points[corners[i]];
                Vector3 normal =
                    Vector3.Cross(points[corners[i + 1]] - a, points[corners[i + 2]] - a);
                for (int k = 0; k < 3; k++)
                {
                    sums[corners[i + k]] += normal;
                }
            }
            SetNormals(sums.Select(sum => sum.normalized).ToArray());
        }

        /// <summary>As the graphics card has them, also when scripts may no longer read.</summary>
        internal IEnumerable<int> Corners(int submesh)
        {
            SubMeshDescriptor part = _subMeshes[submesh];
            return _indices.Skip(part.indexStart).Take(part.indexCount)
                .Select(index => index + part.baseVertex);
        }

        /// <summary>The same of what goes with each vertex; arrays that nobody writes to.</summary>
        internal Dictionary<VertexAttribute, Array> Streams()
        {
            return new Dictionary<VertexAttribute, Array>(_streams);
        }

        Array Stream(VertexAttribute attribute)
        {
            Array found;
            _streams.TryGetValue(attribute, out found);
            return found;
        }

        T Asked<T>(string member, T value)
        {
            Native(member);
            return value;
        }

        void Writable(string member)
        {
            Native(member);
            if (!_readable)
            {
                throw new InvalidOperationException(
                    "Not allowed to access " + member + " on mesh '" + name
                        + "' (isReadable is false)");
            }
        }
    }
}
