using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Pictures of one size in the room, and their reflections in the floor: two draws.
    /// </summary>
    public sealed class PictureSlices : IDisposable
    {
        readonly DrawnMesh _mesh = new DrawnMesh("Picture");
        readonly MeshBuilder _builder = new MeshBuilder(2);
        readonly Material _mirrored;
        readonly RenderParams _mirroredHow;
        readonly int _count;

        Texture2DArray _slices;
        Color32[] _pixels = new Color32[0];

        /// <summary>At most so many pictures.</summary>
        public PictureSlices(int count)
        {
            _count = count;
            _mirrored = Materials.Make("MirroredPicture");
            _mirroredHow = Materials.How(_mirrored);
        }

        /// <summary>The pictures as they are drawn; null before there is one.</summary>
        public Texture2DArray Slices
        {
            get { return _slices; }
        }

        /// <summary>Takes a picture; one of another size than before replaces them all.</summary>
        public void Put(int slice, Pixels picture)
        {
            if (_slices == null || _slices.width != picture.Width
                || _slices.height != picture.Height)
            {
                Make(picture.Width, picture.Height);
            }
            byte[] rgb = picture.Rgb;
            for (int i = 0; i < _pixels.Length; i++)
            {
                _pixels[i] = new Color32(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], 255);
            }
            _slices.SetPixelData(_pixels, 0, slice);
        }

        /// <summary>Sends what was put to the graphics device.</summary>
        public void Flush()
        {
            if (_slices != null)
            {
                _slices.Apply(true, false);
            }
        }

        /// <summary>Forgets where pictures hang.</summary>
        public void Begin()
        {
            _builder.Clear();
        }

        /// <summary>
        /// Hangs a picture on a rectangle of a wall, `z` before it; the floor mirrors a share.
        /// </summary>
        public void Hang(Frame frame, WallRect rect, double z, int slice, double mirrored)
        {
            for (int corner = 0; corner < 4; corner++)
            {
                int right = corner % 2, low = corner / 2;
                Vec3 at = frame.PointOf(
                    right == 1 ? rect.Right : rect.Left, low == 1 ? rect.Bottom : rect.Top, z);
                _builder.Add(
                    at, Conversions.Vector(right, low, slice, mirrored),
                    new Vector4(right, low, 0, 0));
            }
            _builder.Quad();
        }

        public void End()
        {
            _mesh.Set(_builder);
        }

        public void Draw()
        {
            if (_slices != null)
            {
                _mesh.Draw();
                _mesh.Draw(_mirrored, _mirroredHow);
            }
        }

        public void Dispose()
        {
            _mesh.Dispose();
            Materials.Destroy(_mirrored);
            Materials.Destroy(_slices);
            _slices = null;
        }

        void Make(int width, int height)
        {
            Materials.Destroy(_slices);
            _pixels = new Color32[width * height];
            _slices = new Texture2DArray(width, height, _count, TextureFormat.RGBA32, true, true)
            {
                name = "Layerwalk pictures",
                hideFlags = HideFlags.HideAndDontSave,
                filterMode = FilterMode.Trilinear,
                wrapMode = TextureWrapMode.Clamp,
            };
            Bind(_mesh.Material);
            Bind(_mirrored);
        }

        void Bind(Material material)
        {
            if (material != null)
            {
                material.SetTexture(Ids.Pictures, _slices);
            }
        }
    }
}
