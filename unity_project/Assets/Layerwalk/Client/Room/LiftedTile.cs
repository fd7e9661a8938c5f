using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The tile that was lifted off its wall, and what it stands on.</summary>
    public sealed class LiftedTile : IDisposable
    {
        const double LiftS = 0.22;
        const double Fog = 0.006;
        const string Slab = "#0a0d16";

        readonly WallTable _table;
        readonly DrawnMesh _mesh = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();
        readonly Lettering _letters = new Lettering();
        readonly TileCaption _caption = new TileCaption();

        string _station = "";
        int _wall;
        ResidentLayer _layer;
        Sight _sight;
        double _sinceS;
        bool _begins, _dirty;
        int _version, _generation, _finest; // of walls and codes that are on show

        public LiftedTile(WallTable table)
        {
            _table = table;
            Tile = -1;
        }

        /// <summary>Index in its layer; -1 for none.</summary>
        public long Tile { get; private set; }

        /// <summary>As it is drawn now; null for none.</summary>
        public RaisedTile Raised { get; private set; }

        public TileCaption Caption
        {
            get { return _caption; }
        }

        /// <summary>The colours of all walls are scaled by channel.</summary>
        public bool PerChannel { get; private set; }

        public GlyphAtlas Atlas
        {
            set
            {
                _letters.Atlas = value;
                _dirty = true;
            }
        }

        /// <summary>Lifts a tile of a wall, to where it is seen whole from there; a negative one
        /// goes back to its wall.</summary>
        public void Lift(PlacedWall wall, long tile, Sight sight)
        {
            if (tile < 0 || wall == null || PanelOf(wall, tile) < 0)
            {
                PutBack();
                return;
            }
            _station = wall.Station;
            _wall = wall.Index;
            _sight = sight;
            Tile = tile;
            _begins = _dirty = true;
        }

        public void PutBack()
        {
            if (Tile < 0)
            {
                return;
            }
            Tile = -1;
            Raised = null;
            _table.ChooseNone();
        }

        /// <summary>Colours mean something else.</summary>
        public void Scale(bool perChannel)
        {
            PerChannel = perChannel;
            _dirty = true;
        }

        /// <summary>The layer that is on its wall; null for none.</summary>
        public ResidentLayer Layer
        {
            get { return Raised == null ? null : _layer; }
        }

        /// <summary>Moves it; it goes back when its station is not the chosen one.</summary>
        public void Update(
            double nowS, Walls walls, Residents residents, NetworkPublished network,
            string chosen)
        {
            if (Tile < 0)
            {
                return;
            }
            if (_begins)
            {
                _begins = false;
                _sinceS = nowS;
            }
            if (_station != chosen)
            {
                PutBack();
            }
            else if (!IsAsWritten(walls))
            {
                Write(nowS, walls, residents, network);
            }
        }

        public void Draw()
        {
            if (Raised != null)
            {
                _mesh.Draw();
                _letters.Draw();
            }
        }

        public void Dispose()
        {
            _mesh.Dispose();
            _letters.Dispose();
        }

        bool IsAsWritten(Walls walls)
        {
            return !_dirty && Raised != null && _version == walls.Version
                && _generation == _layer.Held.Generation && _finest == _layer.Held.Finest;
        }

        void Write(double nowS, Walls walls, Residents residents, NetworkPublished network)
        {
            PlacedWall wall = Array.Find(
                walls.All, one => one.Station == _station && one.Index == _wall);
            int panel = wall == null ? -1 : PanelOf(wall, Tile);
            if (panel < 0)
            {
                PutBack();
                return;
            }
            double share = Math.Min(1, (nowS - _sinceS) / LiftS);
            _layer = residents.Get(wall.Layer);
            _dirty = share < 1;
            _version = walls.Version;
            _generation = _layer.Held.Generation;
            _finest = _layer.Held.Finest;
            _table.Choose(wall.FirstPanel + panel, Tile - wall.Panels[panel].First);
            _caption.Read(network, _layer, Tile, PerChannel);
            Write(wall, wall.Panels[panel], share);
        }

        void Write(PlacedWall wall, Panel panel, double share)
        {
            WallRect tile = TilePlace.RectOf(panel, Tile);
            double before = Lifting.Before(wall.Frame, _sight);
            WallRect? window = Lifting.WindowOn(wall.Frame, before, _sight);
            double scale = Lifting.CaptionScale(window);
            Caption caption = _caption.SizeOf(_letters.Atlas, scale);
            LiftedPlace there = Lifting.PlaceOf(tile, wall, before, caption, window);
            double eased = 1 - Math.Pow(1 - share, 3);
            LiftedPlace now = Lifting.HomeOf(tile).Towards(there, eased);
            Raised = new RaisedTile(wall, Tile, now, share < 1 ? default(Caption) : caption);
            _table.Lift(Raised, _layer.Row);
            WallRect slab = Raised.Slab;
            var size = new Vec3(slab.Width, slab.Height, 0.02);
            _solids.Box(
                Raised.Frame, 0, slab.Bottom + slab.Height / 2, -0.018, size, Slab, Fog);
            _letters.Visible = share >= 1;
            if (share >= 1)
            {
                _caption.Write(_letters, _solids, Raised, scale);
            }
            _mesh.Set(_solids.Builder);
        }

        static int PanelOf(PlacedWall wall, long tile)
        {
            return Array.FindIndex(
                wall.Panels, one => tile >= one.First && tile < one.First + one.Count);
        }
    }
}
