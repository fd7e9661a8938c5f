using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using UnityDouble;
using UnityEngine.Rendering;

namespace UnityEngine
{
    /// <summary>Vertices and what goes with each.</summary>
    public sealed partial class Mesh
    {
        public Vector3[] vertices
        {
            get { return Read<Vector3>(VertexAttribute.Position); }
            set { SetVertices(value); }
        }

        public Vector3[] normals
        {
            get { return Read<Vector3>(VertexAttribute.Normal); }
            set { SetNormals(value); }
        }

        public Vector4[] tangents
        {
            get { return Read<Vector4>(VertexAttribute.Tangent); }
            set { Write(VertexAttribute.Tangent, value); }
        }

        public Vector2[] uv
        {
            get { return Read<Vector2>(VertexAttribute.TexCoord0); }
            set { Write(VertexAttribute.TexCoord0, value); }
        }

        public Vector2[] uv2
        {
            get { return Read<Vector2>(VertexAttribute.TexCoord1); }
            set { Write(VertexAttribute.TexCoord1, value); }
        }

        public Color[] colors
        {
            get { return Read<Color>(VertexAttribute.Color); }
            set { Write(VertexAttribute.Color, value); }
        }

        public Color32[] colors32
        {
            get { return Read<Color32>(VertexAttribute.Color); }
            set { Write(VertexAttribute.Color, value); }
        }

        public void SetVertices(List<Vector3> inVertices)
        {
            using (Allocation.Noted())
            {
                SetVertices(inVertices.ToArray());
            }
        }

        public void SetVertices(List<Vector3> inVertices, int start, int length)
        {
            SetVertices(inVertices.GetRange(start, length).ToArray());
        }

        public void SetVertices(Vector3[] inVertices)
        {
            Writable("SetVertices");
            if (inVertices.Length != _vertexCount)
            {
                _streams.Clear();
            }
            if (_indices.Length > 0 && _indices.Max() >= inVertices.Length)
            {
                Debug.LogError(
                    "Mesh.vertices is too small. The supplied vertex array has less vertices than "
                    + "are "
                    + "referenced by the triangles array.");
                return;
            }
            _vertexCount = inVertices.Length;
            _streams[VertexAttribute.Position] = (Array)inVertices.Clone();
        }

        public void SetVertices(Vector3[] inVertices, int start, int length)
        {
            SetVertices(new List<Vector3>(inVertices), start, length);
        }

        public void SetNormals(List<Vector3> inNormals)
        {
            using (Allocation.Noted())
            {
                SetNormals(inNormals.ToArray());
            }
        }

        public void SetNormals(Vector3[] inNormals)
        {
            Write(VertexAttribute.Normal, inNormals);
        }

        public void SetColors(List<Color> inColors)
        {
            Write(VertexAttribute.Color, inColors.ToArray());
        }

        public void SetColors(Color[] inColors)
        {
            Write(VertexAttribute.Color, inColors);
        }

        public void SetColors(List<Color32> inColors)
        {
            Write(VertexAttribute.Color, inColors.ToArray());
        }

        public void SetColors(Color32[] inColors)
        {
            Write(VertexAttribute.Color, inColors);
        }

        public void SetUVs(int channel, List<Vector2> uvs)
        {
            using (Allocation.Noted())
            {
                Write(Channel(channel), uvs.ToArray());
            }
        }

        public void SetUVs(int channel, List<Vector3> uvs)
        {
            Write(Channel(channel), uvs.ToArray());
        }

        public void SetUVs(int channel, List<Vector4> uvs)
        {
            using (Allocation.Noted())
            {
                Write(Channel(channel), uvs.ToArray());
            }
        }

        public void SetUVs(int channel, Vector2[] uvs)
        {
            Write(Channel(channel), uvs);
        }

        public void SetUVs(int channel, Vector3[] uvs)
        {
            Write(Channel(channel), uvs);
        }

        public void SetUVs(int channel, Vector4[] uvs)
        {
            Write(Channel(channel), uvs);
        }

        public bool HasVertexAttribute(VertexAttribute attr)
        {
            Native("HasVertexAttribute");
            return _streams.ContainsKey(attr);
        }

        static VertexAttribute Channel(int channel)
        {
            if (channel < 0 || channel > 7)
            {
                throw new ArgumentException(
                    "The uv index is invalid. Must be in the range 0 to 7.", "channel");
            }
            return VertexAttribute.TexCoord0 + channel;
        }

        T[] Read<T>(VertexAttribute attribute)
        {
            Writable("get_" + attribute);
            Array found = Stream(attribute);
            return found == null ? new T[0] : (T[])found.Clone();
        }

        void Write(VertexAttribute attribute, Array values)
        {
            Writable("set_" + attribute);
            if (values == null || values.Length == 0)
            {
                _streams.Remove(attribute);
                return;
            }
            if (values.Length != _vertexCount)
            {
                Debug.LogError(
                    "Mesh." + attribute
                        + " is out of bounds. The supplied array needs to be the same size as the "
                        + "Mesh.vertices array.");
                return;
            }
            _streams[attribute] = (Array)values.Clone();
        }
    }
}
