using System;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Frames around walls: under the pointer, chosen, held, failed.</summary>
    public sealed class Highlights : IDisposable
    {
        const double ThickM = 0.022;
        const double Fog = 0.006;

        readonly DrawnMesh _mesh = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();

        PlacedWall _hovered;
        string _chosen = "";
        bool _failed, _dirty = true;

        /// <summary>The wall under the pointer; null for none.</summary>
        public PlacedWall Hovered
        {
            get { return _hovered; }
            set { Change(ref _hovered, value); }
        }

        /// <summary>Key of the station that was chosen or is held; "" for none.</summary>
        public string Chosen
        {
            get { return _chosen; }
            set { Change(ref _chosen, value); }
        }

        /// <summary>The newest image did not come through the network.</summary>
        public bool Failed
        {
            get { return _failed; }
            set { Change(ref _failed, value); }
        }

        /// <summary>Walls stand elsewhere.</summary>
        public void Moved()
        {
            _dirty = true;
        }

        public void Update(PlacedWall[] walls)
        {
            if (!_dirty)
            {
                return;
            }
            _dirty = false;
            foreach (PlacedWall wall in walls)
            {
                bool chosen = wall.Station != "" && wall.Station == _chosen;
                if (chosen)
                {
                    Write(wall, Palette.Accent);
                }
                else if (wall == _hovered)
                {
                    Write(wall, Palette.Second);
                }
                else if (_failed && wall.Kind == WallKind.Layer)
                {
                    Write(wall, Palette.Error);
                }
            }
            _mesh.Set(_solids.Builder);
        }

        public void Draw()
        {
            _mesh.Draw();
        }

        public void Dispose()
        {
            _mesh.Dispose();
        }

        void Write(PlacedWall wall, string colour)
        {
            var face = new WallRect(-wall.WidthM / 2, 0, wall.WidthM, wall.HeightM);
            _solids.Around(wall.Frame, face, 0.01, ThickM, colour, Fog);
        }

        void Change<T>(ref T what, T to)
        {
            if (!Equals(what, to))
            {
                what = to;
                _dirty = true;
            }
        }
    }
}
