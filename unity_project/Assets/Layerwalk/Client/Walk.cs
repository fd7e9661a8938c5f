using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>All of a walk: what the bridge sends and what the visitor does, brought together.
    /// </summary>
    public sealed class Walk : IDisposable
    {
        const double ReceiveMs = 4; // a frame
        const double LongestStepS = 0.1; // who slept does not leap

        readonly Streaming _streaming = new Streaming();
        readonly ShelfLoader _shelf;
        readonly GlyphLoader _glyphs;
        readonly Refetch _refetch;
        readonly Veil _veil;
        readonly WalkMenus _menus;
        readonly WalkHands _hands;

        Room _former;
        Outlook _streamed;
        Seen[] _lifted;
        string _liftedOf = "";
        bool _putsOn;

        public Walk(Settings settings)
        {
            Settings = settings;
            Session = new Session();
            Room = new RoomView(Session.State, (long)settings.BudgetMiB << 20);
            Room.PerChannel = settings.PerChannel;
            Edits = new DocumentEdits(Session);
            Live = new LiveInput(Session);
            Navigator = new Navigator(Session, Edits, Room);
            Holding = new Holding(Session, Edits, Room);
            Carrying = new Carrying(Session, Edits, Room);
            Hud = new Hud(Session.State);
            Body = new Body(settings.Comfort);
            Navigator.Visitor = Body.Mode;
            _veil = new Veil(Body.Rig.Head.transform);
            Pictures = new PictureTaker(Body.Rig.Space, Session.State.Note);
            _shelf = new ShelfLoader(Session);
            _glyphs = new GlyphLoader(Session);
            _refetch = new Refetch(Session, _streaming.Changed);
            _menus = new WalkMenus(this);
            _hands = new WalkHands(this);
            Session.State.Changed += Follow;
            Session.Receiver.PagesCame += Room.Receive;
            Session.Receiver.SessionBegan += Room.ForgetRuns;
        }

        public Settings Settings { get; private set; }

        public Session Session { get; private set; }

        public RoomView Room { get; private set; }

        public DocumentEdits Edits { get; private set; }

        public LiveInput Live { get; private set; }

        public Navigator Navigator { get; private set; }

        public Holding Holding { get; private set; }

        public Carrying Carrying { get; private set; }

        public Hud Hud { get; private set; }

        public Body Body { get; private set; }

        public PictureTaker Pictures { get; private set; }

        public GlyphLoader Glyphs
        {
            get { return _glyphs; }
        }

        public Refetch Refetch
        {
            get { return _refetch; }
        }

        public WalkHands Hands
        {
            get { return _hands; }
        }

        public WalkMenus Menus
        {
            get { return _menus; }
        }

        /// <summary>The memory that was asked for is another: everything begins anew.</summary>
        public bool Restarts { get; private set; }

        /// <summary>Connects to the bridge of the settings, or asks for one. `worn`: with a
        /// headset, which a mobile device begins with in any case.</summary>
        public void Start(bool worn)
        {
            Body.Start(new VisitorPose(new Vec3(0, VisitorPose.EyeM, 1), 0, 0.05));
            _putsOn = worn || Application.isMobilePlatform; // that has no desk to stand at
            Connect();
            if (!Settings.Address.IsGiven)
            {
                _menus.OpenSettings();
            }
        }

        public void Connect()
        {
            if ((long)Settings.BudgetMiB << 20 != Room.BudgetBytes)
            {
                Restarts = true;
                return;
            }
            _streaming.Forget();
            Session.Connect(Settings.Address);
        }

        /// <summary>Moves on; `nowS` are seconds since it began.</summary>
        public void Update(double nowS, double seconds)
        {
            if (_putsOn)
            {
                _putsOn = false; // not in OnEnable: no headset begins before the engine did
                ToggleHeadset();
            }
            Room.Calm = Settings.Comfort.Calm;
            Session.Pump(ReceiveMs);
            Edits.Update();
            _shelf.Update();
            _glyphs.Update();
            _refetch.Update(nowS);
            Body.Update(Math.Min(LongestStepS, seconds));
            Navigator.Update();
            _menus.Update();
            _hands.Update(nowS);
            Holding.Update(nowS);
            Stream(nowS);
        }

        /// <summary>Draws, once everything has moved.</summary>
        public void LateUpdate(double nowS)
        {
            Hud.Update(nowS);
            Room.Draw(nowS, Body.Mode.Outlook, Pictures.WantsAll);
            Carrying.Draw();
            if (Body.HasHeadset)
            {
                Hud.PlaceInHeadset(Body.Rig.Eyes);
            }
            else
            {
                Hud.PlaceAtDesk(Body.Rig.Eyes, Body.Rig.Camera.fieldOfView);
            }
            _veil.Hide(); // pictures are drawn at once, and show the room
            Pictures.Update(Body.Rig.Eyes, Body.Rig.Camera.fieldOfView);
            Hud.Draw(!Body.HasHeadset);
            _hands.Draw();
            _veil.Show(Body.Mode.Darkness, Body.Mode.EdgeDarkness);
        }

        /// <summary>Between desk and headset.</summary>
        public void ToggleHeadset()
        {
            for (int hand = 0; hand < 2; hand++) // one with a headset is none at a desk
            {
                Holding.LetGo(hand);
                Carrying.Drop(hand);
            }
            string why = Body.Toggle();
            Navigator.Visitor = Body.Mode;
            _streaming.Changed();
            if (why != "")
            {
                Session.State.Note(why);
            }
        }

        public void Dispose()
        {
            Session.State.Changed -= Follow;
            _refetch.Dispose();
            Live.Dispose();
            Session.Dispose();
            _menus.Dispose();
            Hud.Dispose();
            Pictures.Dispose();
            _hands.Dispose();
            Carrying.Dispose();
            _veil.Dispose();
            Room.Dispose();
            _glyphs.Dispose();
            Body.Dispose();
        }

        void Follow(Topic topics)
        {
            SessionState state = Session.State;
            Room.Follow(topics);
            Hud.Follow(topics);
            if ((topics & Topic.Glyphs) != 0)
            {
                Room.SetGlyphs(_glyphs.Atlas);
                Hud.Atlas = _glyphs.Atlas;
            }
            const Topic stand = Topic.Room | Topic.Places | Topic.Network | Topic.Hidden;
            if ((topics & stand) != 0)
            {
                Body.SetRoom(state.Room, Room.Walls.All);
                _streaming.Changed();
            }
            if ((topics & Topic.Room) != 0 && state.Room != null)
            {
                Room former = _former;
                _former = state.Room;
                Navigator.RoomChanged(former);
            }
            if ((topics & Topic.Hidden) != 0)
            {
                Navigator.HiddenChanged();
            }
            if ((topics & Topic.Connection) != 0)
            {
                _streaming.Forget();
            }
        }

        // Asks for what is in sight, in that order.
        void Stream(double nowS)
        {
            SessionState state = Session.State;
            Outlook outlook = Body.Mode.Ahead;
            if (!Outlooks.Same(outlook, _streamed))
            {
                _streamed = outlook;
                _streaming.Changed();
            }
            if (state.Room == null || state.Connection != ConnectionState.Connected)
            {
                return;
            }
            Request request;
            bool planned = _streaming.Update(
                nowS, Body.Mode.Moving, Room.Fields, outlook, Lifted(), state.NetworkName,
                Room.BudgetBytes, WireFormat.PageEdge, out request);
            if (planned)
            {
                Room.Activations.Residents.SetWants(_streaming.Plan);
                _refetch.Want(Room.Activations.Residents);
            }
            if (request != null)
            {
                Session.Ask(request, Refused);
            }
        }

        // Of the lifted tile's layer all detail is wanted: its caption says numbers.
        Seen[] Lifted()
        {
            ResidentLayer layer = Room.Lifted.Layer;
            string name = layer == null ? "" : layer.Name;
            if (name != _liftedOf)
            {
                _liftedOf = name;
                _lifted = AllOf(name);
                _streaming.Changed();
            }
            return _lifted;
        }

        // By itself, for what a lambda captures is allocated where the method begins.
        Seen[] AllOf(string name)
        {
            Node node = name == "" ? null : Array.Find(
                Session.State.Network.Network.Nodes, one => one.Name == name);
            return node == null ? null : new[] { Seen.Chosen(name, TileShape.Of(node.Axes)) };
        }

        // The network may just have been traced anew; its room is about to come.
        void Refused(string words)
        {
            if (Session.State.Connection == ConnectionState.Connected)
            {
                _streaming.Forget();
                Session.State.Note(words);
            }
        }
    }
}
