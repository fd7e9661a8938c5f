using System;
using System.Collections.Generic;
using System.Linq;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityDouble
{
    /// <summary>One draw call, with everything as it was when it was drawn.</summary>
    public sealed class Draw
    {
        readonly Dictionary<string, object> _values = new Dictionary<string, object>();
        readonly Dictionary<string, byte[]> _bytes = new Dictionary<string, byte[]>();
        readonly Dictionary<VertexAttribute, Array> _streams;
        readonly IEnumerable<int> _corners; // of arrays that nobody writes to

        internal Draw(Submission from)
        {
            Mesh = from.Mesh;
            _streams = Mesh == null ? new Dictionary<VertexAttribute, Array>() : Mesh.Streams();
            _corners = Mesh == null ? new int[0] : Mesh.Corners(from.Submesh);
            Submesh = from.Submesh;
            Material = from.Params.material;
            Shader = Material.shader.name;
            Keywords = Material.shaderKeywords;
            Queue = Material.renderQueue;
            Instances = from.Instances;
            IsInstanced = from.IsInstanced;
            Matrix = from.Matrix;
            Layer = from.Params.layer;
            Bounds = from.Bounds;
            Vertices = from.Vertices;
            Topology = from.Topology;
            Only = from.Params.camera;
            Collect(UnityEngine.Shader.Globals);
            Collect(Material.Values);
            Collect(from.Block);
            Check(Material.shader.Inputs);
        }

        public Mesh Mesh { get; private set; }

        public int Submesh { get; private set; }

        /// <summary>Which vertices of the mesh were drawn, in their order.</summary>
        public int[] Corners
        {
            get { return _corners.ToArray(); }
        }

        public Material Material { get; private set; }

        public string Shader { get; private set; }

        public string[] Keywords { get; private set; }

        /// <summary>Smaller ones are drawn first.</summary>
        public int Queue { get; private set; }

        public int Instances { get; private set; }

        /// <summary>Whether it was one of those calls whose instances the shader numbers.</summary>
        public bool IsInstanced { get; private set; }

        public Matrix4x4 Matrix { get; private set; }

        public int Layer { get; private set; }

        /// <summary>What the engine takes for its extent when it culls.</summary>
        public Bounds Bounds { get; private set; }

        /// <summary>How many vertices, or indices, an instance has.</summary>
        public int Vertices { get; private set; }

        public MeshTopology Topology { get; private set; }

        /// <summary>The one camera that draws it; null: all.</summary>
        public Camera Only { get; private set; }

        /// <summary>
        /// A value of the property block, else of the material, else a global one.
        /// </summary>
        public T Value<T>(string name)
        {
            object value;
            if (!_values.TryGetValue(name, out value))
            {
                throw new KeyNotFoundException(
                    Shader + " was given no " + name + " but "
                        + string.Join(", ", _values.Keys.ToArray()));
            }
            return (T)value;
        }

        /// <summary>What every vertex of the mesh had; empty where it had no such.</summary>
        public T[] Stream<T>(VertexAttribute attribute)
        {
            Array found;
            return _streams.TryGetValue(attribute, out found) ? (T[])found : new T[0];
        }

        public bool Has(string name)
        {
            return _values.ContainsKey(name);
        }

        /// <summary>
        /// Buffers and textures that the shader declares and was not given. Those that its passes
        /// do not
        /// read may be among them: a compiler leaves them out.
        /// </summary>
        public IList<string> Unbound { get; private set; }

        /// <summary>What was in a buffer when it was drawn. Do not write to it.</summary>
        public byte[] Buffer(string name)
        {
            Value<object>(name);
            return _bytes[name];
        }

        /// <summary>The same as an array of structures.</summary>
        public T[] Elements<T>(string name)
            where T : struct
        {
            byte[] bytes = Buffer(name);
            T[] elements = new T[bytes.Length / Bytes.SizeOf(typeof(T))];
            Bytes.CopyBack(bytes, 0, elements, 0, elements.Length);
            return elements;
        }

        public override string ToString()
        {
            return Shader + " x " + Instances + (Mesh == null ? "" : " of " + Mesh.NameOrNothing);
        }

        void Check(ShaderInputs inputs)
        {
            Unbound = inputs.Names.Where(name => !Has(name)).ToList();
            foreach (string name in _values.Keys)
            {
                string wrong = inputs.Wrong(name, _values[name]);
                if (wrong != null)
                {
                    Debug.LogError(Shader + " is drawn with " + name + ", which " + wrong);
                }
            }
        }

        void Collect(PropertyBag bag)
        {
            foreach (int id in bag.Names)
            {
                string name = UnityEngine.Shader.NameOf(id);
                object value = bag.Get(id);
                GraphicsBuffer graphics = value as GraphicsBuffer;
                ComputeBuffer compute = value as ComputeBuffer;
                _values[name] = value;
                if (graphics == null && compute == null)
                {
                    continue;
                }
                byte[] bytes = graphics != null ? graphics.Show() : compute.Show();
                _bytes[name] = bytes ?? new byte[0];
            }
        }
    }
}
