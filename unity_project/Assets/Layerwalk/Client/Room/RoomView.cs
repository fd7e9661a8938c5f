using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>The room as it is seen: everything that draws it, and what it is asked for.
    /// </summary>
    public sealed partial class RoomView : IDisposable
    {
        const long UploadBytes = 8 << 20; // a frame
        const double HeldS = 0.1; // while a station is held, furniture follows so often

        readonly SessionState _state;
        readonly Globals _globals = new Globals();
        readonly WallTable _wallTable = new WallTable();
        readonly LayersOnWalls _onWalls = new LayersOnWalls();
        readonly Surfaces _surfaces = new Surfaces();
        readonly Furnishings _furnishings = new Furnishings();
        readonly BlockLabels _labels = new BlockLabels();
        readonly Activations _activations;

        NetworkPublished _network;
        Outlook _seenFrom;
        int _seenVersion = -1;
        int _seenLifted = -1;
        int _refusedMiB; // that was told of
        bool _seenAll, _arrange, _hang, _write;
        double _nowS, _litS, _arrangedS;
        string _held = "", _warning = "", _picture = "";
        StationPose _heldPose;

        /// <summary>Pages take at most so many bytes, here and on the graphics device.</summary>
        public RoomView(SessionState state, long budgetBytes)
        {
            _state = state;
            BudgetBytes = budgetBytes;
            Placement = new Placement();
            Walls = new Walls();
            Highlights = new Highlights();
            Lifted = new LiftedTile(_wallTable);
            _activations = new Activations(_wallTable, _onWalls, budgetBytes, _surfaces.Bind);
        }

        public long BudgetBytes { get; private set; }

        public Placement Placement { get; private set; }

        public Walls Walls { get; private set; }

        public Highlights Highlights { get; private set; }

        /// <summary>The tile that stands before its wall.</summary>
        public LiftedTile Lifted { get; private set; }

        public Surfaces Surfaces
        {
            get { return _surfaces; }
        }

        public Activations Activations
        {
            get { return _activations; }
        }

        public Exhibits Exhibits
        {
            get { return _furnishings.Exhibits; }
        }

        public WallTable WallTable
        {
            get { return _wallTable; }
        }

        public Lettering Texts
        {
            get { return _furnishings.Texts; }
        }

        /// <summary>Names of blocks, seen from above.</summary>
        public BlockLabels Labels
        {
            get { return _labels; }
        }

        /// <summary>The fields of tiles on walls, as they stand.</summary>
        public TileField[] Fields
        {
            get { return _onWalls.Fields; }
        }

        public bool Overview
        {
            get { return _globals.Overview; }
            set { _globals.Overview = value; }
        }

        /// <summary>Motion is unwanted: walls stand in another layout at once.</summary>
        public bool Calm { get; set; }

        /// <summary>Walls are on their way to another layout.</summary>
        public bool IsGliding
        {
            get { return _glide.IsOn; }
        }

        /// <summary>Colours are scaled by each channel's own range, not by the layer's.</summary>
        public bool PerChannel
        {
            get
            {
                return _globals.PerChannel;
            }
            set
            {
                _globals.PerChannel = value;
                _activations.Recolour(Walls.All, value);
                Lifted.Scale(value);
            }
        }

        /// <summary>Takes what changed of the session.</summary>
        public void Follow(Topic topics)
        {
            bool sees = (topics & Topic.Room) != 0 || HiddenIsNew(topics);
            if (sees && _state.Room != null)
            {
                Build();
            }
            if ((topics & Topic.Places) != 0)
            {
                Place();
            }
            if ((topics & Topic.Run) != 0)
            {
                FollowRun();
            }
            if ((topics & Topic.Shelf) != 0)
            {
                _furnishings.Exhibits.Shelf.Set(_state);
                _hang = _arrange = true;
            }
            if ((topics & Topic.Connection) != 0)
            {
                _globals.Stale = _state.Connection == ConnectionState.Lost
                    || _state.Connection == ConnectionState.Refused;
            }
            _arrange |= (topics & Topic.Network) != 0;
            _write |= (topics & (Topic.Room | Topic.Prediction)) != 0;
        }

        /// <summary>Letters have come.</summary>
        public void SetGlyphs(GlyphAtlas atlas)
        {
            _furnishings.Atlas = Lifted.Atlas = _labels.Atlas = atlas;
            _arrange = _write = true;
        }

        /// <summary>Walls stand elsewhere: the document says so, or they are held.</summary>
        public void Place()
        {
            if (_state.Room == null)
            {
                return;
            }
            ReadPlaces();
            Walls.Place(Placement);
            _onWalls.Place(Walls.All);
            _wallTable.Place(Walls, _activations.Residents);
            Highlights.Moved();
            _hang = _arrange = true;
        }

        /// <summary>A station that is held here: others' changes of it are not shown, nor is
        /// all the furniture moved in every frame. "" for none.</summary>
        public string Held
        {
            get { return _held; }
        }

        /// <summary>Moves a station that is held.</summary>
        public void Hold(string station, StationPose pose)
        {
            _held = station;
            _heldPose = pose;
            Place();
        }

        /// <summary>Nothing is held any more: the document says where all stand.</summary>
        public void LetGo()
        {
            _held = "";
            Place();
        }

        /// <summary>A hand took a picture off the shelf, or "" let go of it.</summary>
        public void TakeFromShelf(int hand, string picture)
        {
            Exhibits.Shelf.Take(hand, picture);
            _hang = _arrange = true;
        }

        /// <summary>What came of a layer.</summary>
        public void Receive(LayerPages pages)
        {
            _activations.Receive(pages, _nowS);
        }

        /// <summary>Runs are numbered anew.</summary>
        public void ForgetRuns()
        {
            _activations.Residents.ForgetRun();
        }

        /// <summary>Brings everything up to date, and draws it for all cameras. `all`: also what
        /// is out of view, for pictures of all directions.</summary>
        public void Draw(double nowS, Outlook outlook, bool all)
        {
            _nowS = nowS;
            _globals.Update(nowS);
            _activations.Pump(Walls.All, nowS, UploadBytes);
            TellOfMemory();
            if (_glide.IsOn && _state.Room != null)
            {
                Carry();
            }
            else
            {
                Arrange();
            }
            bool hasRoom = _state.Room != null;
            if (hasRoom)
            {
                Lifted.Update(
                    nowS, Walls, _activations.Residents, _state.Network, Highlights.Chosen);
            }
            _wallTable.Flush();
            if (hasRoom)
            {
                Look(outlook, all);
                _surfaces.Fading = _activations.IsFading(nowS);
                _surfaces.Draw();
                Highlights.Update(Walls.All);
                Highlights.Draw();
                Lifted.Draw();
                _labels.Update(outlook, Overview);
                _labels.Draw();
            }
            _furnishings.Draw(hasRoom);
        }

        public void Dispose()
        {
            _activations.Dispose();
            _surfaces.Dispose();
            _furnishings.Dispose();
            Highlights.Dispose();
            Lifted.Dispose();
            _labels.Dispose();
            _wallTable.Dispose();
            _globals.Dispose();
        }

        void TellOfMemory()
        {
            int refused = _activations.Atlas.Refused;
            if (refused != _refusedMiB)
            {
                _refusedMiB = refused;
                _state.Note("The graphics device has no room for " + refused + " MiB of feature"
                    + " maps: far walls show less detail. Choose less memory in the settings.");
            }
        }

        void ReadPlaces()
        {
            Placement.SetDocument(_state.Places);
            if (_held != "")
            {
                Placement.Set(_held, _heldPose);
            }
        }

        void FollowRun()
        {
            RunState run = _state.Run;
            string warning = Furnishings.Warning(_state);
            string picture = run == null ? "" : run.Picture;
            _arrange |= warning != _warning || picture != _picture;
            _warning = warning;
            _picture = picture;
            Highlights.Failed = run != null && run.Failure != "";
            if (run == null)
            {
                return;
            }
            if (run.Failure != "")
            {
                _activations.Fail();
            }
            else if (!run.Complete)
            {
                _activations.Begin();
                if (_state.Photograph != null)
                {
                    _furnishings.Exhibits.SetPhotograph(_state.Photograph);
                    _litS = _nowS;
                    _hang = true;
                }
            }
        }

        void Arrange()
        {
            if (_state.Room == null)
            {
                return;
            }
            if (_write)
            {
                _write = false;
                _furnishings.WriteBoard(_state);
            }
            if (_held != "" && _nowS - _arrangedS < HeldS)
            {
                return;
            }
            _arrangedS = _nowS;
            bool hang = _hang, arrange = _arrange;
            _hang = _arrange = false; // what fails must not fail in every frame
            if (hang)
            {
                _furnishings.Exhibits.Hang(Walls.All, _wallTable, _litS);
            }
            if (arrange)
            {
                _furnishings.Arrange(_seen, Placement, Walls.All, _state);
            }
        }

        // Who looks from where they looked before sees the same walls.
        void Look(Outlook outlook, bool all)
        {
            int lifted = Lifted.Raised == null ? -1 : _wallTable.LiftedPanel;
            bool same = Walls.Version == _seenVersion && all == _seenAll
                && lifted == _seenLifted && Outlooks.Same(outlook, _seenFrom);
            if (!same)
            {
                _seenFrom = outlook;
                _seenVersion = Walls.Version;
                _seenAll = all;
                _seenLifted = lifted;
                _surfaces.Update(Walls.All, outlook, all, lifted);
            }
        }
    }
}
