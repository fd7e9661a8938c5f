using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// A station in one hand or two. While it is held it moves here at once; a lease keeps others
    /// from moving it, and a few times a second the document is told where it is.
    /// </summary>
    public sealed class Holding
    {
        const double LeaseS = 5, RenewS = 2; // renewed long before it ends
        const double ToldS = 0.1;

        readonly Session _session;
        readonly DocumentEdits _edits;
        readonly RoomView _room;
        readonly RigidPose[] _hands = new RigidPose[2];
        readonly bool[] _holds = new bool[2];

        string _station = "";
        StationPose _pose, _told;
        object _before; // what the document said of it when it was taken
        OneHandGrab _one;
        TwoHandGrab _two;
        double _renewedS, _toldS;
        bool _moved; // and the others were told
        bool _settles; // it was let go of, and the document does not yet say where

        public Holding(Session session, DocumentEdits edits, RoomView room)
        {
            _session = session;
            _edits = edits;
            _room = room;
        }

        /// <summary>Key of the station that is held; "" for none.</summary>
        public string Station
        {
            get { return _station; }
        }

        public bool IsIn(int hand)
        {
            return _holds[hand];
        }

        /// <summary>
        /// Takes a station with hand 0 or 1, where the hand is in the room; false while the other
        /// hand holds another one. Of one that is pinned it is said that it is.
        /// </summary>
        public bool Take(int hand, string station, RigidPose pose, double nowS)
        {
            bool other = _station != "" && _station != station;
            if (other || station == "" || _session.State.Room == null)
            {
                return false;
            }
            if (_station == "" && _session.State.IsPinned(station))
            {
                Station pinned = Rooms.StationOf(_session.State.Room, station);
                _session.State.Note((pinned == null ? station : pinned.Title)
                    + " is pinned; unpin it (P) to move it.");
                return false;
            }
            if (_station == "")
            {
                _station = station;
                _pose = _told = _room.Placement.PoseOf(station);
                _before = _session.State.Document.At(
                    Grabbing.Path(_session.State.NetworkName, station));
                _moved = false;
                _room.Highlights.Chosen = station;
                Lease(LeaseS);
                _renewedS = _toldS = nowS;
            }
            _holds[hand] = true;
            _hands[hand] = pose;
            Begin();
            return true;
        }

        /// <summary>The hand is there now; to be called for each hand that holds.</summary>
        public void Move(int hand, RigidPose pose)
        {
            _hands[hand] = pose;
        }

        /// <summary>Makes what is held larger or smaller, turns it by radians, as wheels do.
        /// </summary>
        public void Adjust(double larger, double turn)
        {
            double scale = Math.Max(
                Grabbing.LeastScale, Math.Min(Grabbing.MostScale, _pose.Scale * larger));
            _pose = new StationPose(
                _pose.Position, Rotations.AboutY(turn).After(_pose.Rotation).Unit(), scale);
            Begin();
        }

        public void LetGo(int hand)
        {
            if (!_holds[hand])
            {
                return;
            }
            _holds[hand] = false;
            if (_holds[1 - hand])
            {
                Begin();
                return;
            }
            Tell();
            Lease(0);
            _settles = true;
            End();
        }

        /// <summary>Moves what is held to where the hands are.</summary>
        public void Update(double nowS)
        {
            if (_station == "")
            {
                Settle();
                return;
            }
            bool lost = _session.State.Connection != ConnectionState.Connected
                || Rooms.StationOf(_session.State.Room, _station) == null
                || _session.State.IsHidden(_station);
            if (lost)
            {
                End();
                return;
            }
            _pose = _holds[0] && _holds[1]
                ? _two.At(_hands[0].Position, _hands[1].Position)
                : _one.At(_hands[_holds[0] ? 0 : 1]);
            _room.Hold(_station, _pose);
            if (nowS - _toldS > ToldS)
            {
                _toldS = nowS;
                Tell();
            }
            if (nowS - _renewedS > RenewS)
            {
                _renewedS = nowS;
                Lease(LeaseS);
            }
        }

        // From here on the hands move it from where it is now.
        void Begin()
        {
            if (_holds[0] && _holds[1])
            {
                _two = new TwoHandGrab(_hands[0].Position, _hands[1].Position, _pose);
            }
            else
            {
                _one = new OneHandGrab(_hands[_holds[0] ? 0 : 1], _pose);
            }
        }

        void Tell()
        {
            bool same = _pose.Position.DistanceTo(_told.Position) < 1e-4
                && _pose.Scale == _told.Scale && Same(_pose.Rotation, _told.Rotation);
            if (!same)
            {
                _told = _pose;
                _moved = true;
                _edits.Move(_station, _pose);
            }
        }

        void Lease(double seconds)
        {
            string station = _station;
            string[] path = Grabbing.Path(_session.State.NetworkName, station);
            _session.Send(
                number => new Grab(number, path, seconds), null,
                words => Refused(station, words));
        }

        // Somebody else holds it: it goes back to where they have it.
        void Refused(string station, string words)
        {
            if (_station == station)
            {
                _moved = false; // the bridge refused what it was told
                End();
                _session.State.Note(words);
            }
        }

        void End()
        {
            if (_moved)
            {
                _edits.Moved(_station, _before, _told);
            }
            _moved = false;
            _station = "";
            _holds[0] = _holds[1] = false;
            _room.Highlights.Chosen = "";
            if (!_settles)
            {
                _room.LetGo();
            }
        }

        // What was let go of is drawn where the hand left it until the document says so, too.
        void Settle()
        {
            if (_settles && _edits.HasHeard)
            {
                _settles = false;
                _room.LetGo();
            }
        }

        static bool Same(Vec4 a, Vec4 b)
        {
            return Math.Abs(a.X - b.X) + Math.Abs(a.Y - b.Y) + Math.Abs(a.Z - b.Z)
                + Math.Abs(a.W - b.W) < 1e-5;
        }
    }
}
