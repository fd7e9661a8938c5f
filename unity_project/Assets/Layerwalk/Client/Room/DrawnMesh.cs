using System;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>A mesh of our own making that is drawn as one, with its own material.</summary>
    public sealed class DrawnMesh : IDisposable
    {
        readonly Mesh _mesh;
        readonly RenderParams _how;

        bool _empty = true;

        /// <summary>`shader` is the last part of its name; null if it is not there.</summary>
        public DrawnMesh(string shader)
        {
            _mesh = new Mesh { name = shader, hideFlags = HideFlags.HideAndDontSave };
            Material = Materials.Make(shader);
            _how = Materials.How(Material);
            Visible = true;
        }

        public Material Material { get; private set; }

        public bool Visible { get; set; }

        /// <summary>Takes the triangles that were gathered, and empties the builder.</summary>
        public void Set(MeshBuilder builder)
        {
            _empty = builder.IsEmpty;
            if (!_empty)
            {
                builder.WriteTo(_mesh);
            }
            builder.Clear();
        }

        public void Draw()
        {
            Draw(Material, _how);
        }

        /// <summary>Draws the same triangles with another material.</summary>
        public void Draw(Material material, RenderParams how)
        {
            if (Visible && !_empty && material != null)
            {
                Graphics.RenderMesh(how, _mesh, 0, Matrix4x4.identity);
            }
        }

        public void Dispose()
        {
            Materials.Destroy(_mesh);
            Materials.Destroy(Material);
        }
    }
}
