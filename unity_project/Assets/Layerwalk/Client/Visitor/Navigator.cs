using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Where the visitor goes: walls, stations, overview; and through which blocks.
    /// </summary>
    public sealed partial class Navigator
    {
        const double ReachM = 6; // tiles nearer than this are lifted, others are gone to
        const double ForgetM = 11; // a lifted tile goes back when it is left this far behind

        readonly Session _session;
        readonly DocumentEdits _edits;
        readonly RoomView _room;

        VisitorPose? _floor; // where the visitor left it for the overview
        string _goal = ""; // a layer that stands in the room once blocks have been opened
        Station _before; // what stood where a block opens or closes
        int _wall; // of the chosen station

        public Navigator(Session session, DocumentEdits edits, RoomView room)
        {
            _session = session;
            _edits = edits;
            _room = room;
        }

        /// <summary>At a desk or with a headset.</summary>
        public IVisitorMode Visitor { get; set; }

        SessionState State
        {
            get { return _session.State; }
        }

        /// <summary>Goes to a layer or block by name, and opens the blocks around it first.
        /// </summary>
        public void GoTo(string name)
        {
            _goal = "";
            if (State.Room == null)
            {
                return;
            }
            Network network = State.Network.Network;
            Station station = Stations.Find(State.Room, network, name);
            if (station == null)
            {
                State.Note(name + " is not in " + State.Network.Title + ".");
                return;
            }
            List<string> hiding = Stations.BlocksHiding(State.Room, network, name);
            if (hiding.Count == 0)
            {
                GoTo(station, 0);
                return;
            }
            _goal = name;
            State.Note("Opened " + string.Join(", ", hiding.ToArray()));
            foreach (string block in hiding)
            {
                _edits.Expand(block, true);
            }
        }

        /// <summary>Goes to a wall of a station.</summary>
        public void GoTo(Station station, int wall)
        {
            Leave();
            if (station.Walls.Length > 0)
            {
                Wall before = station.Walls[Math.Min(wall, station.Walls.Length - 1)];
                Visitor.GoTo(State.Room, station, before, _room.Placement);
                Choose(station.Key);
                if (State.IsHidden(station.Key))
                {
                    _edits.Hide(station.Key, false); // who goes to a hidden wall wants to see it
                }
                _wall = before == station.Walls[0] ? 0 : Array.IndexOf(station.Walls, before);
            }
        }

        /// <summary>
        /// Lifts a tile that was met on the chosen wall by who stands near, puts it back if it is
        /// lifted already, or goes to the wall.
        /// </summary>
        public void Meet(Hit hit)
        {
            if (hit.IsLifted)
            {
                _room.Lifted.PutBack();
                return;
            }
            Vec3 eyes = Visitor.Destination.Position;
            bool here = hit.Kind == HitKind.Tile && hit.Station == _room.Highlights.Chosen
                && hit.Wall.Index == _wall && !_room.Overview
                && eyes.DistanceTo(hit.Point) < ReachM;
            if (here)
            {
                bool again = hit.Tile.Tile == _room.Lifted.Tile;
                Lift(again ? -1 : hit.Tile.Tile);
                return;
            }
            Station station = Rooms.StationOf(State.Room, hit.Station);
            if (station != null)
            {
                GoTo(station, hit.Wall.Index);
            }
        }

        /// <summary>Who walks off no longer looks at the lifted tile. To be called every frame.
        /// </summary>
        public void Update()
        {
            RaisedTile raised = _room.Lifted.Raised;
            bool left = raised != null && Visitor.Destination.Position.DistanceTo(
                raised.Frame.Origin) > ForgetM;
            if (left)
            {
                _room.Lifted.PutBack();
            }
        }

        /// <summary>The first tile of the chosen wall, or back with the one that is lifted.
        /// </summary>
        public void LiftFirst()
        {
            PlacedWall wall = ChosenWall;
            bool any = wall != null && wall.Panels.Length > 0 && _room.Lifted.Tile < 0;
            Lift(any ? wall.Panels[0].First : -1);
        }

        /// <summary>The next channel (1) or the one before (-1) of the lifted tile's layer, on
        /// the other wall if need be.</summary>
        public void StepChannel(int step)
        {
            Station station = Rooms.StationOf(State.Room, _room.Highlights.Chosen);
            if (station == null || _room.Lifted.Tile < 0)
            {
                return;
            }
            long tile = Stations.NextTile(station, _room.Lifted.Tile, step);
            int wall = Stations.WallOf(station, tile);
            if (wall >= 0 && wall != _wall)
            {
                GoTo(station, wall);
            }
            Lift(tile);
        }

        PlacedWall ChosenWall
        {
            get
            {
                string station = _room.Highlights.Chosen;
                return station == "" ? null : Array.Find(
                    _room.Walls.All, one => one.Station == station && one.Index == _wall);
            }
        }

        void Lift(long tile)
        {
            _room.Lifted.Lift(ChosenWall, tile, Visitor.Sight);
        }

        /// <summary>No wall is chosen any more.</summary>
        public void Forget()
        {
            Choose("");
        }

        public void Home()
        {
            Leave();
            if (State.Room != null)
            {
                Visitor.GoTo(Places.AtStart(State.Room));
            }
        }

        public void End()
        {
            Leave();
            if (State.Room != null)
            {
                Visitor.GoTo(Places.AtBoard(State.Room));
            }
        }

        /// <summary>With a wall chosen the next (1) or previous (-1) station that is seen, else the
        /// next stop along the aisle.</summary>
        public void Step(int direction)
        {
            Room room = State.Room;
            if (room == null || _room.Overview)
            {
                return;
            }
            string chosen = _room.Highlights.Chosen;
            if (Rooms.StationOf(room, chosen) == null)
            {
                StepAlongAisle(room, direction);
                return;
            }
            Station[] seen = Array.FindAll(
                room.Stations, one => one.Key == chosen || !State.IsHidden(one.Key));
            int next = Array.FindIndex(seen, one => one.Key == chosen) + direction;
            if (next >= 0 && next < seen.Length && seen[next].Walls.Length > 0)
            {
                GoTo(seen[next], Math.Min(_wall, seen[next].Walls.Length - 1));
            }
        }

        void StepAlongAisle(Room room, int direction)
        {
            double here = Aisle.DepthOf(room, Visitor.Destination.Position);
            double nearest = double.PositiveInfinity;
            VisitorPose? next = null;
            foreach (Station station in Places.Stops(room))
            {
                VisitorPose pose = Places.OnAisle(
                    room, station, _room.Placement, Visitor.Screen);
                // One that was moved away from an aisle that bends is not where its depth says.
                bool astray = room.Way.Length > 0 && _room.Placement.IsMoved(station.Key);
                double depth = astray
                    ? Aisle.DepthOf(room, station) : Aisle.DepthOf(room, pose.Position);
                double way = (here - depth) * direction;
                if (way > 0.5 && way < nearest && !State.IsHidden(station.Key))
                {
                    nearest = way;
                    next = pose;
                }
            }
            Choose("");
            Visitor.GoTo(next ?? (direction > 0
                ? Places.AtBoard(room) : Places.AtStart(room)));
        }

        /// <summary>High above the room, and back to the floor.</summary>
        public void ToggleOverview()
        {
            if (State.Room == null)
            {
                return;
            }
            if (_room.Overview)
            {
                _room.Overview = false;
                Visitor.GoTo(_floor ?? Places.AtStart(State.Room));
                return;
            }
            _floor = Visitor.Destination;
            Choose("");
            _room.Overview = true;
            Visitor.GoTo(Places.Above(State.Room, Visitor.Screen));
        }

        /// <summary>Opens the block that a station stands for; false if it stands for none.
        /// </summary>
        public bool Open(Station station)
        {
            if (station == null || station.Closed == "")
            {
                return false;
            }
            _before = station;
            _edits.Expand(station.Closed, true);
            return true;
        }

        /// <summary>Closes the innermost open block around the visitor.</summary>
        public void Close()
        {
            Station here = Here;
            Block block = here == null
                ? null : Blocks.OpenAround(State.Room, State.Network.Network, here);
            if (block == null)
            {
                State.Note("No open block here.");
                return;
            }
            _before = here;
            _edits.Expand(block.Name, false);
        }

        /// <summary>The station that was chosen, or the nearest one; null for no room.</summary>
        public Station Here
        {
            get
            {
                if (State.Room == null)
                {
                    return null;
                }
                return Rooms.StationOf(State.Room, _room.Highlights.Chosen) ?? Places.Nearest(
                    State.Room, Visitor.Destination.Position, _room.Placement);
            }
        }

        void Leave()
        {
            _goal = "";
            _room.Overview = false;
            Choose("");
        }

        void Choose(string station)
        {
            _room.Lifted.PutBack();
            _room.Highlights.Chosen = station;
        }
    }
}
