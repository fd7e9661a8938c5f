using System;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// One draw of rows of a table: its instances are eight numbers of rows each, nearest first.
    /// </summary>
    public sealed class NumberedDraw : IDisposable
    {
        /// <summary>Rows of an instance (docs/decisions/0007).</summary>
        public const int Together = 8;

        readonly Mesh _mesh;
        readonly DataBuffer<int> _numbers;
        readonly RenderParams _how;

        int _count, _rows;

        /// <summary>The mesh holds its shape eight times over.</summary>
        public NumberedDraw(string shader, Mesh mesh)
        {
            _mesh = mesh;
            Material = Materials.Make(shader);
            _how = Materials.How(Material);
            _numbers = new DataBuffer<int>(Bind, 64);
        }

        public Material Material { get; private set; }

        /// <summary>Rows that are drawn.</summary>
        public int Rows
        {
            get { return _rows; }
        }

        public void Begin()
        {
            _count = 0;
        }

        public void Push(int row)
        {
            if (_count == _numbers.Data.Length)
            {
                _numbers.Reserve(_count + 1);
            }
            if (_numbers.Data[_count] != row)
            {
                _numbers.Data[_count] = row;
                _numbers.Touch(_count, 1);
            }
            _count++;
        }

        /// <summary>Fills the last instance up, and sends what has changed.</summary>
        public void End()
        {
            _rows = _count;
            while (_count % Together != 0)
            {
                Push(-1);
            }
            _numbers.Flush();
        }

        /// <summary>Draws; whether there was anything to.</summary>
        public bool Draw()
        {
            if (_rows == 0 || Material == null)
            {
                return false;
            }
            int instances = (_rows + Together - 1) / Together;
            Graphics.RenderMeshPrimitives(_how, _mesh, 0, instances);
            return true;
        }

        public void Dispose()
        {
            _numbers.Dispose();
            Materials.Destroy(Material);
        }

        void Bind(GraphicsBuffer buffer)
        {
            if (Material != null)
            {
                Material.SetBuffer(Ids.Numbers, buffer);
            }
        }
    }
}
