using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Where the visitor goes: walls, stations, overview; and through which blocks.
    /// </summary>
    public sealed class Navigator
    {
        readonly Session _session;
        readonly DocumentEdits _edits;
        readonly RoomView _room;

        VisitorPose? _floor; // where the visitor left it for the overview
        string _goal = ""; // a layer that stands in the room once blocks have been opened
        Station _before; // what stood where a block opens or closes

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
                Visitor.GoTo(station, before, _room.Placement);
                Choose(station.Key);
            }
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

        /// <summary>The next (1) or previous (-1) stop along the aisle.</summary>
        public void Step(int direction)
        {
            if (State.Room == null || _room.Overview)
            {
                return;
            }
            double here = Visitor.Destination.Position.Z;
            VisitorPose? next = null;
            foreach (Station station in Places.Stops(State.Room))
            {
                VisitorPose pose = Places.OnAisle(station, _room.Placement);
                double way = (here - pose.Position.Z) * direction;
                bool nearer = !next.HasValue
                    || way < (here - next.Value.Position.Z) * direction;
                if (way > 0.5 && nearer)
                {
                    next = pose;
                }
            }
            Choose("");
            Visitor.GoTo(next ?? (direction > 0
                ? Places.AtBoard(State.Room) : Places.AtStart(State.Room)));
        }

        /// <summary>High above the room, and back to the floor.</summary>
        public void ToggleOverview(ScreenArea screen)
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
            Visitor.GoTo(Places.Above(State.Room, screen));
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

        /// <summary>Another room, or the same with blocks opened or closed.</summary>
        public void RoomChanged(Room former)
        {
            if (former == null || former.Network != State.Room.Network)
            {
                Leave();
                Visitor.Place(Places.AtStart(State.Room));
                return;
            }
            if (_goal != "")
            {
                GoTo(_goal);
            }
            else if (_before != null)
            {
                Station before = _before;
                _before = null;
                Station now = InPlaceOf(before);
                if (now != null)
                {
                    GoTo(now, 0);
                }
            }
            else if (!_room.Overview)
            {
                Stay(former);
            }
        }

        // What stood before the visitor still does, whoever opened a block.
        void Stay(Room former)
        {
            VisitorPose pose = Visitor.Destination;
            Station old = Places.Nearest(former, pose.Position, _room.Placement);
            Station now = old == null ? null : InPlaceOf(old);
            if (now == null || now.OriginM.Z == old.OriginM.Z)
            {
                return;
            }
            var shift = new Vec3(0, 0, now.OriginM.Z - old.OriginM.Z);
            Visitor.Place(
                new VisitorPose(pose.Position.Plus(shift), pose.Yaw, pose.Pitch, pose.Fov));
        }

        Station InPlaceOf(Station former)
        {
            Network network = State.Network.Network;
            string name = former.Closed != "" ? former.Closed : former.Shown;
            return Stations.Find(State.Room, network, name);
        }

        void Leave()
        {
            _goal = "";
            _room.Overview = false;
            Choose("");
        }

        void Choose(string station)
        {
            _room.Highlights.Chosen = station;
        }
    }
}
