using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    // How another room comes to stand, without what is hidden in it.
    public sealed partial class RoomView
    {
        readonly Glide _glide = new Glide();

        Room _seen; // without what is hidden
        Map<object> _hidden;

        bool HiddenIsNew(Topic topics)
        {
            return (topics & (Topic.Hidden | Topic.Network)) != 0
                && !SeenRoom.Same(_hidden, _state.Named("hidden"));
        }

        // What stood here was another network's, or goes to where another layout has it.
        void Leave(Room room)
        {
            bool another = _network == null || !Networks.HaveSameLayers(_network, _state.Network);
            if (another)
            {
                _activations.Clear();
                Walls.Forget();
                _globals.BeginSweep(_nowS);
            }
            else if (LaidOutAnew(room, _seen) && !Calm)
            {
                _glide.Begin(Walls.All, _nowS);
            }
        }

        void Build()
        {
            Room room = SeenRoom.Of(_state.Room, _state.Named("hidden"));
            _hidden = _state.Named("hidden");
            Network network = _state.Network.Network;
            Leave(room);
            _seen = room;
            _network = _state.Network;
            Placement.SetStations(room.Stations);
            ReadPlaces();
            Walls.Build(room, Placement);
            _onWalls.Build(network, room, Walls.All);
            _wallTable.Build(Walls);
            _activations.Display(Walls.All);
            _wallTable.Place(Walls, _activations.Residents);
            _furnishings.Build(room);
            _labels.Build(room);
            _globals.OverviewScale = Scene.Overview.ScaleOf(room);
            Highlights.Moved();
            _hang = _arrange = true;
        }

        static bool LaidOutAnew(Room room, Room former)
        {
            return former != null
                && (room.Layout != former.Layout || room.Spacing != former.Spacing);
        }

        // On the way there are walls, their backs and their pictures alone.
        void Carry()
        {
            _glide.EndAfter(_nowS);
            Walls.Place(Placement, _glide, _nowS);
            _wallTable.Place(Walls, _activations.Residents);
            Highlights.Moved();
            _furnishings.Exhibits.Hang(Walls.All, _wallTable, _litS);
            _furnishings.Carry(Walls.All, _glide.IsOn);
            _hang = _arrange = true;
        }
    }
}
