using System;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// Darkness before the eyes: all of it in a long jump, the edge of sight while a headset's
    /// wearer is moved. It hangs on the head, so that it is where the eyes are when the picture is
    /// drawn: the headset moves them once more after everything else has moved.
    /// </summary>
    public sealed class Veil : IDisposable
    {
        const int Sides = 32;
        const float DistanceM = 0.2f;
        const double Gamma = 2.2;

        // Metres off the middle at that distance: where the dark begins, is whole, and ends.
        static readonly float[] Rings = { 0, 0.12f, 0.22f, 2 };

        readonly Mesh _mesh;
        readonly Material _material;
        readonly GameObject _holder;
        readonly MeshRenderer _renderer;
        readonly Color32[] _colours = new Color32[Rings.Length * Sides];

        double _dark = -1, _edge = -1;

        public Veil(Transform head)
        {
            // Every build has it, and it draws what has colours, over all that was drawn before.
            Shader shader = Shader.Find("Sprites/Default");
            _material = shader == null ? null : new Material(shader)
            {
                hideFlags = HideFlags.HideAndDontSave, renderQueue = 4000,
            };
            _mesh = Make();
            _holder = new GameObject("Veil");
            _holder.transform.SetParent(head, false);
            _holder.AddComponent<MeshFilter>().sharedMesh = _mesh;
            _renderer = _holder.AddComponent<MeshRenderer>();
            _renderer.sharedMaterial = _material;
            _renderer.enabled = false;
        }

        /// <summary>Both 0 .. 1; nothing is drawn where both are 0.</summary>
        public void Show(double dark, double edge)
        {
            _renderer.enabled = _material != null && (dark > 0 || edge > 0);
            if (!_renderer.enabled)
            {
                return;
            }
            if (dark != _dark || edge != _edge)
            {
                _dark = dark;
                _edge = edge;
                Paint();
            }
        }

        /// <summary>Nothing is drawn until it is shown again.</summary>
        public void Hide()
        {
            _renderer.enabled = false;
        }

        public void Dispose()
        {
            Materials.Destroy(_holder); // the scene may have ended before
            Materials.Destroy(_mesh);
            Materials.Destroy(_material);
        }

        // The engine takes colours of vertices for linear light, and blends in it. The dark is
        // #0d0d16, as the floor; and it is as dense as it would be if sRGB values were mixed.
        void Paint()
        {
            for (int i = 0; i < _colours.Length; i++)
            {
                double alpha = i / Sides < 2 ? _dark : Math.Max(_dark, _edge);
                double dense = 1 - Math.Pow(1 - Math.Min(1, alpha), Gamma);
                _colours[i] = new Color32(1, 1, 2, (byte)(255 * dense));
            }
            _mesh.SetColors(_colours);
        }

        static Mesh Make()
        {
            var builder = new MeshBuilder(0);
            for (int i = 0; i < Rings.Length * Sides; i++)
            {
                double angle = 2 * Math.PI * (i % Sides) / Sides;
                float radius = Rings[i / Sides];
                builder.Add(new Vector3(
                    radius * (float)Math.Cos(angle), radius * (float)Math.Sin(angle), DistanceM));
            }
            for (int i = 0; i < (Rings.Length - 1) * Sides; i++)
            {
                int a = i, b = i / Sides * Sides + (i + 1) % Sides;
                builder.Triangle(a, a + Sides, b);
                builder.Triangle(b, a + Sides, b + Sides);
            }
            var mesh = new Mesh { name = "Layerwalk veil", hideFlags = HideFlags.HideAndDontSave };
            builder.WriteTo(mesh);
            return mesh;
        }
    }
}
