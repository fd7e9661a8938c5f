using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    // Where the visitor is once the room is another, or walls of it were hidden.
    public sealed partial class Navigator
    {
        const double SamePlaceM = 0.01; // nearer than this nobody has moved

        double _share; // how far along the way they were who now see a tower whole

        /// <summary>Another room, or the same in another layout, or with blocks opened or closed.
        /// </summary>
        public void RoomChanged(Room former)
        {
            if (former == null || former.Network != State.Room.Network)
            {
                Leave();
                _floor = null;
                _share = 0;
                Visitor.Place(Places.AtStart(State.Room));
            }
            else if (former.Layout != State.Room.Layout)
            {
                LaidOutAnew(former);
            }
            else if (_goal != "")
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
            else
            {
                Stay(former);
            }
        }

        /// <summary>Walls were hidden, or are shown again: one that is gone is no longer the
        /// chosen one.</summary>
        public void HiddenChanged()
        {
            string chosen = _room.Highlights.Chosen;
            if (chosen == "" || !State.IsHidden(chosen))
            {
                return;
            }
            Station station = Rooms.StationOf(State.Room, chosen);
            Choose("");
            State.Note((station == null ? chosen : station.Title)
                + " was hidden; Shift X shows what is hidden.");
        }

        // In another layout the visitor is before the same wall, or as far along the way; a
        // tower is seen whole.
        void LaidOutAnew(Room former)
        {
            Room room = State.Room;
            _floor = null;
            _before = null;
            Station chosen = Rooms.StationOf(room, _room.Highlights.Chosen);
            if (_goal != "")
            {
                GoTo(_goal);
            }
            else if (_room.Overview)
            {
                Visitor.GoTo(Places.Above(room, Visitor.Screen));
            }
            else if (chosen != null && chosen.Walls.Length > 0)
            {
                long tile = _room.Lifted.Tile;
                GoTo(chosen, _wall);
                Lift(tile);
            }
            else
            {
                GoAsFarAlong(former);
            }
        }

        void GoAsFarAlong(Room former)
        {
            Room room = State.Room;
            if (former.Layout != RoomLayout.Tower)
            {
                _share = Aisle.ShareOf(former, Visitor.Destination.Position);
            }
            bool whole = room.Layout == RoomLayout.Tower || _share == 0;
            Choose("");
            Visitor.GoTo(whole ? Places.AtStart(room) : Aisle.AtShare(room, _share));
        }

        // What stood before the visitor still does, whoever opened a block.
        void Stay(Room former)
        {
            Room room = State.Room;
            var before = new Placement();
            before.SetStations(former.Stations);
            before.SetDocument(State.Places);
            VisitorPose pose = Visitor.Destination;
            if (!_room.Overview)
            {
                VisitorPose now;
                if (TryShift(pose, former, before, out now))
                {
                    Visitor.Place(now);
                }
                return;
            }
            if (_floor.HasValue)
            {
                VisitorPose now;
                _floor = TryShift(_floor.Value, former, before, out now) ? now : _floor;
            }
            // Who sees the whole of a room sees the whole of the one that takes its place.
            VisitorPose above = Places.Above(former, Visitor.Screen);
            if (above.Position.DistanceTo(pose.Position) < SamePlaceM)
            {
                Visitor.GoTo(Places.Above(room, Visitor.Screen));
            }
        }

        // A pose that was before a station of a former room is before what stands for it now;
        // false where it stays.
        bool TryShift(VisitorPose pose, Room former, Placement before, out VisitorPose shifted)
        {
            shifted = pose;
            Station old = Places.Nearest(former, pose.Position, before);
            Station now = old == null ? null : InPlaceOf(old);
            if (now == null)
            {
                return false;
            }
            if (State.Room.Way.Length > 0)
            {
                shifted = StandingPlace.Of(old, pose, before).Before(now, _room.Placement);
            }
            else
            {
                var by = new Vec3(0, 0, now.OriginM.Z - old.OriginM.Z);
                shifted = new VisitorPose(pose.Position.Plus(by), pose.Yaw, pose.Pitch, pose.Fov);
            }
            return shifted.Position.DistanceTo(pose.Position) > 0;
        }

        Station InPlaceOf(Station former)
        {
            Network network = State.Network.Network;
            string name = former.Closed != "" ? former.Closed : former.Shown;
            return Stations.Find(State.Room, network, name);
        }
    }
}
