using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// What is drawn once a wall or panel: faces, canvases, reflections. Four draws, nearest
    /// first, without what is out of view.
    /// </summary>
    public sealed class Surfaces : IDisposable
    {
        const double FarM = 14; // faces beyond have a third of the vertices
        const double ReflectedM = 34; // reflections end here

        readonly Mesh _quads, _nearMesh, _farMesh;
        readonly NumberedDraw _faces, _farFaces, _canvases, _reflections;
        readonly NearestFirst _order = new NearestFirst();

        bool _fading;

        public Surfaces()
        {
            _quads = WallMeshes.Quads();
            _nearMesh = WallMeshes.Faces(true);
            _farMesh = WallMeshes.Faces(false);
            _faces = new NumberedDraw("Face", _nearMesh);
            _farFaces = new NumberedDraw("Face", _farMesh);
            _canvases = new NumberedDraw("Canvas", _quads);
            _reflections = new NumberedDraw("Reflection", _quads);
            Reflects = true;
        }

        /// <summary>The floor mirrors walls; the first to be left out in a headset.</summary>
        public bool Reflects { get; set; }

        /// <summary>Draw calls of the last frame.</summary>
        public int Draws { get; private set; }

        /// <summary>Walls in view in the last frame.</summary>
        public int InView
        {
            get { return _faces.Rows + _farFaces.Rows; }
        }

        /// <summary>Some layer fades over from a former picture.</summary>
        public bool Fading
        {
            set
            {
                if (value == _fading || _canvases.Material == null)
                {
                    return;
                }
                _fading = value;
                if (value)
                {
                    _canvases.Material.EnableKeyword(Ids.Fading);
                }
                else
                {
                    _canvases.Material.DisableKeyword(Ids.Fading);
                }
            }
        }

        /// <summary>The atlas is another texture.</summary>
        public void Bind(Texture pages)
        {
            if (_canvases.Material != null)
            {
                _canvases.Material.SetTexture(Ids.Pages, pages);
            }
        }

        /// <summary>
        /// Finds what is in view. `all`: everything, whoever looks wherever. `lifted` is the row of
        /// a panel that stands before its wall, -1 for none.
        /// </summary>
        public void Update(PlacedWall[] walls, Outlook outlook, bool all, int lifted)
        {
            _faces.Begin();
            _farFaces.Begin();
            _canvases.Begin();
            _reflections.Begin();
            if (lifted >= 0)
            {
                _canvases.Push(lifted);
            }
            int[] order = _order.Sort(walls, outlook.Position);
            for (int i = 0; i < order.Length; i++)
            {
                PlacedWall wall = walls[order[i]];
                if (all || IsInView(wall, outlook))
                {
                    Push(wall, order[i], _order.Distances[order[i]]);
                }
            }
            _faces.End();
            _farFaces.End();
            _canvases.End();
            _reflections.End();
        }

        public void Draw()
        {
            Draws = (_faces.Draw() ? 1 : 0) + (_farFaces.Draw() ? 1 : 0)
                + (_canvases.Draw() ? 1 : 0) + (Reflects && _reflections.Draw() ? 1 : 0);
        }

        public void Dispose()
        {
            _faces.Dispose();
            _farFaces.Dispose();
            _canvases.Dispose();
            _reflections.Dispose();
            Materials.Destroy(_quads);
            Materials.Destroy(_nearMesh);
            Materials.Destroy(_farMesh);
        }

        void Push(PlacedWall wall, int row, double distance)
        {
            (distance < FarM ? _faces : _farFaces).Push(row);
            for (int k = 0; k < wall.Panels.Length; k++)
            {
                _canvases.Push(wall.FirstPanel + k);
            }
            bool low = Math.Abs(wall.Frame.Origin.Y) < 0.5;
            if (wall.Kind == WallKind.Layer && distance < ReflectedM && low)
            {
                _reflections.Push(row);
            }
        }

        // By the sphere around the wall and its reflection.
        static bool IsInView(PlacedWall wall, Outlook outlook)
        {
            double half = wall.WidthM / 2;
            double radius = wall.Frame.Scale
                * Math.Sqrt(half * half + wall.HeightM * wall.HeightM);
            Vec3 away = wall.Frame.Origin.Minus(outlook.Position);
            double depth = away.Dot(outlook.Forward);
            return depth > -radius
                && Outside(away.Dot(outlook.Right), depth, outlook.Across) < radius
                && Outside(away.Dot(outlook.Up), depth, outlook.Down) < radius;
        }

        static double Outside(double side, double depth, double tangent)
        {
            return (Math.Abs(side) - depth * tangent) / Math.Sqrt(1 + tangent * tangent);
        }
    }
}
