using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>All that stands and hangs in a room besides the walls' own surfaces.</summary>
    public sealed class Furnishings : IDisposable
    {
        readonly DrawnMesh _sky = new DrawnMesh("Sky"), _floor = new DrawnMesh("Floor"),
            _fields = new DrawnMesh("Field"), _lines = new DrawnMesh("Line"),
            _tubes = new DrawnMesh("Solid"), _things = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();
        readonly Lettering _texts = new Lettering();
        readonly List<TextLine> _written = new List<TextLine>();
        readonly Board _board = new Board();

        public Furnishings()
        {
            Exhibits = new Exhibits();
            var plain = new MeshBuilder(0);
            Ground.WriteSky(plain);
            _sky.Set(plain);
            Ground.WriteFloor(plain);
            _floor.Set(plain);
        }

        public Exhibits Exhibits { get; private set; }

        public Lettering Texts
        {
            get { return _texts; }
        }

        public GlyphAtlas Atlas
        {
            set { _texts.Atlas = _board.Atlas = value; }
        }

        /// <summary>What the board says, anew.</summary>
        public void WriteBoard(SessionState state)
        {
            _board.Write(state);
        }

        /// <summary>What does not move: lines, floors of blocks, the board.</summary>
        public void Build(Room room)
        {
            var builder = new MeshBuilder(1);
            Ground.WriteFields(builder, room.Fields);
            _fields.Set(builder);
            var ribbons = new MeshBuilder(2);
            LineWriter.Write(ribbons, room.FloorLines);
            _lines.Set(ribbons);
            _board.Hang(room.Board);
        }

        /// <summary>Boxes, paths overhead and texts anew, where stations now stand.</summary>
        public void Arrange(
            Room room, Placement placement, PlacedWall[] walls, SessionState state)
        {
            var builder = new MeshBuilder(1);
            TubeWriter.Write(builder, room.Tubes, placement);
            _tubes.Set(builder);
            _written.Clear();
            if (_texts.Atlas != null)
            {
                RoomTexts.Write(_written, room, placement, _texts.Atlas);
            }
            Furniture.Write(_solids, room, placement, walls);
            foreach (PlacedWall wall in walls)
            {
                if (wall.Kind == WallKind.Shelf)
                {
                    string current = state.Run == null ? "" : state.Run.Picture;
                    Exhibits.Shelf.Write(_solids, wall, current);
                    Exhibits.Shelf.Write(_written, wall);
                }
                if (wall.Kind == WallKind.Photograph && Warning(state) != "")
                {
                    RoomTexts.WriteWarning(_written, Warning(state), wall.Frame);
                }
            }
            _texts.Set(_written);
            _things.Set(_solids.Builder);
        }

        /// <summary>While walls glide to another layout, only their backs go with them.</summary>
        public void Carry(PlacedWall[] walls, bool glides)
        {
            _fields.Visible = _lines.Visible = _tubes.Visible = _texts.Visible = !glides;
            if (glides)
            {
                Furniture.WriteBacks(_solids, walls);
                _things.Set(_solids.Builder);
            }
        }

        /// <summary>Draws; without a room there are sky and floor alone.</summary>
        public void Draw(bool hasRoom)
        {
            _sky.Draw();
            _floor.Draw();
            if (!hasRoom)
            {
                return;
            }
            _fields.Draw();
            _lines.Draw();
            _tubes.Draw();
            _things.Draw();
            _texts.Draw();
            _board.Draw();
            Exhibits.Draw();
        }

        public void Dispose()
        {
            _sky.Dispose();
            _floor.Dispose();
            _fields.Dispose();
            _lines.Dispose();
            _tubes.Dispose();
            _things.Dispose();
            _texts.Dispose();
            _board.Dispose();
            Exhibits.Dispose();
        }

        /// <summary>One sentence below the photograph; "" for none.</summary>
        public static string Warning(SessionState state)
        {
            if (state.Run != null && state.Run.Failure != "")
            {
                return state.Run.FailureWords;
            }
            return state.Network == null ? "" : state.Network.Warning;
        }
    }
}
