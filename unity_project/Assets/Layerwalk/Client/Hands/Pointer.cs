using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>What a ray of the mouse or of a hand means: what it meets, and what a click does.
    /// </summary>
    public sealed class Pointer
    {
        const double DoubleS = 0.38;

        readonly SessionState _state;
        readonly RoomView _room;
        readonly Navigator _navigator;
        readonly DocumentEdits _edits;

        double _clickedS = double.NegativeInfinity;
        string _clicked = "";

        public Pointer(
            SessionState state, RoomView room, Navigator navigator, DocumentEdits edits)
        {
            _state = state;
            _room = room;
            _navigator = navigator;
            _edits = edits;
        }

        /// <summary>The first thing that a ray meets.</summary>
        public Hit Pick(PointerRay ray)
        {
            Room room = _state.Room;
            return Picking.Pick(
                ray, _room.Walls.All, room == null ? null : room.Board, _room.Lifted.Raised);
        }

        /// <summary>The wall that gets a frame when it is pointed to; null for none.</summary>
        public static PlacedWall Framed(Hit hit)
        {
            return hit.Kind == HitKind.Tile || hit.Kind == HitKind.Wall ? hit.Wall : null;
        }

        /// <summary>Goes to a wall, lifts its tiles, opens a block at the second click, places a
        /// picture.
        /// </summary>
        public void Click(Hit hit, double nowS)
        {
            switch (hit.Kind)
            {
                case HitKind.Tile:
                case HitKind.Wall:
                    ClickStation(hit, nowS);
                    break;
                case HitKind.Shelf:
                    ClickShelf(hit);
                    break;
                case HitKind.Photograph:
                    _navigator.Home();
                    break;
                case HitKind.Board:
                    _navigator.End();
                    break;
            }
        }

        void ClickStation(Hit hit, double nowS)
        {
            Station station = Rooms.StationOf(_state.Room, hit.Station);
            bool again = _clicked == hit.Station && nowS - _clickedS < DoubleS;
            _clicked = hit.Station;
            _clickedS = nowS;
            if (station != null && !(again && _navigator.Open(station)))
            {
                _navigator.Meet(hit);
            }
        }

        // An arrow turns the page; a picture is placed at once.
        void ClickShelf(Hit hit)
        {
            _state.Shown.Turn(_room.Exhibits.Shelf.TurnAt(hit.X, hit.Y));
            ShelfPicture picture = _room.Exhibits.Shelf.At(hit.X, hit.Y);
            Picture placed = picture == null
                ? null : Array.Find(_state.Shelf, one => one.Id == picture.Id);
            if (placed != null)
            {
                _edits.Place(placed);
            }
        }
    }
}
