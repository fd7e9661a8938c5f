using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Menus, keys and the hint line of a walk.</summary>
    public sealed class WalkMenus : IDisposable
    {
        const double ClosedM = 4.5; // who stands so near to a closed block can open it

        readonly Walk _walk;
        readonly TextInput _input = new TextInput();

        readonly LiveAge _age = new LiveAge();

        LiveMenu _live;
        ArrangeMenu _arrange;
        string _played = "", _playedAge = "";
        int _playedVersion = -1;

        public WalkMenus(Walk walk)
        {
            _walk = walk;
        }

        SessionState State
        {
            get { return _walk.Session.State; }
        }

        public void OpenSettings()
        {
            _walk.Hud.Open(new SettingsMenu(
                _walk.Settings, _input, Connect, Run, _walk.Hud.MenuChanged));
        }

        public void Update()
        {
            _input.Update();
            if (_walk.Body.HasHeadset && _walk.Body.Left.MenuPressed)
            {
                Run(Command.Settings);
            }
            DesktopControls controls = _walk.Body.Controls;
            // The key that ends a text is a letter of it, too.
            bool typing = _input.IsOn || controls.Typing;
            controls.Typing = _input.IsOn;
            controls.Choosing = _walk.Room.Lifted.Tile >= 0;
            Command command = controls.Commands.Pressed;
            if (typing && command != Command.Back)
            {
                return;
            }
            Run(command);
            int digit = controls.Commands.Digit;
            Picture picture = digit > 0 ? State.Shown.At(digit - 1) : null;
            if (picture != null)
            {
                _walk.Edits.Place(picture);
            }
            if (_live != null && _walk.Hud.Menu == _live)
            {
                _live.Update();
            }
            if (_arrange != null && _walk.Hud.Menu == _arrange)
            {
                _arrange.Update();
            }
            _walk.Hud.Hint(Hint());
        }

        public void Dispose()
        {
            _input.Dispose();
        }

        /// <summary>Does what a key or a line of a menu asks for.</summary>
        public void Run(Command command)
        {
            switch (command)
            {
                case Command.None: return;
                case Command.Search: OpenSearch(); return;
                case Command.Settings: ToggleSettings(); return;
                case Command.Back: Back(); return;
                case Command.Headset: Close(); _walk.ToggleHeadset(); return;
                case Command.Screenshot: Close(); _walk.Pictures.Want(false); return;
                case Command.Panorama: Close(); _walk.Pictures.Want(true); return;
                case Command.ResetWall: Reset(); return;
                case Command.LiftTile: _walk.Navigator.LiftFirst(); return;
                case Command.PreviousChannel: _walk.Navigator.StepChannel(-1); return;
                case Command.NextChannel: _walk.Navigator.StepChannel(1); return;
                case Command.Normalize: Normalize(); return;
                case Command.Live: ToggleLive(); return;
                case Command.PlayOrPause: _walk.Live.Toggle(); return;
                case Command.StepBack: _walk.Live.Step(-1); return;
                case Command.StepOn: _walk.Live.Step(1); return;
                case Command.Arrange: ToggleArrange(); return;
                case Command.PreviousPictures: State.Shown.Turn(-1); return;
                case Command.NextPictures: State.Shown.Turn(1); return;
                default: Go(command); return;
            }
        }

        void Arrange(Command command)
        {
            DocumentEdits edits = _walk.Edits;
            Room room = State.Room;
            Station here = _walk.Navigator.Here;
            switch (command)
            {
                case Command.ResetAll: edits.ResetAll(); return;
                case Command.ShowAll: edits.ShowAll(); return;
                case Command.Undo: edits.Undo(); return;
                case Command.Redo: edits.Redo(); return;
            }
            if (here == null)
            {
                return;
            }
            switch (command)
            {
                case Command.HideWall: Hide(here); return;
                case Command.PinWall: edits.Pin(here.Key, !State.IsPinned(here.Key)); return;
                case Command.NextLayout:
                    edits.LayOut(Layouts.Next(room.Layout), room.Spacing);
                    return;
                case Command.Farther: Space(room, 1); return;
                case Command.Nearer: Space(room, -1); return;
            }
        }

        // The visitor leaves it first: a wall that is chosen is shown again.
        void Hide(Station station)
        {
            if (_walk.Room.Highlights.Chosen == station.Key)
            {
                _walk.Navigator.Forget();
            }
            _walk.Edits.Hide(station.Key, true);
            State.Note(station.Title + " is hidden; Shift X shows what is hidden.");
        }

        void Space(Room room, int direction)
        {
            double spacing = Layouts.Spaced(room.Spacing, direction);
            if (spacing != room.Spacing)
            {
                _walk.Edits.LayOut(room.Layout, spacing);
                return;
            }
            State.Note(direction > 0 ? "Stations stand as far apart as they can."
                : "Stations stand as near as they can.");
        }

        void ToggleArrange()
        {
            bool open = _arrange != null && _walk.Hud.Menu == _arrange;
            Close();
            _arrange = open ? null : new ArrangeMenu(
                State, () => _walk.Navigator.Here, _walk.Edits, Run, _walk.Hud.MenuChanged);
            _walk.Hud.Open(_arrange);
        }

        void Go(Command command)
        {
            Navigator navigator = _walk.Navigator;
            switch (command)
            {
                case Command.Home: Close(); navigator.Home(); return;
                case Command.End: Close(); navigator.End(); return;
                case Command.Previous: navigator.Step(-1); return;
                case Command.Next: navigator.Step(1); return;
                case Command.OpenBlock: navigator.Open(navigator.Here); return;
                case Command.CloseBlock: navigator.Close(); return;
                case Command.Overview: ToggleOverview(); return;
                case Command.Slower: _walk.Body.Desktop.Visitor.Faster(-1); return;
                case Command.Faster: _walk.Body.Desktop.Visitor.Faster(1); return;
                default: Arrange(command); return;
            }
        }

        void ToggleLive()
        {
            bool open = _live != null && _walk.Hud.Menu == _live;
            Close();
            _live = open ? null : new LiveMenu(_walk.Live, _walk.Hud.MenuChanged);
            _walk.Hud.Open(_live);
        }

        void Normalize()
        {
            bool each = !_walk.Room.PerChannel;
            _walk.Room.PerChannel = _walk.Settings.PerChannel = each;
            _walk.Settings.Save();
            _walk.Hud.MenuChanged();
        }

        // From above the eyes leave the floor, which a body does not.
        void ToggleOverview()
        {
            if (!_walk.Body.HasHeadset)
            {
                _walk.Navigator.ToggleOverview();
            }
        }

        void OpenSearch()
        {
            Close(); // what the last menu typed ends before this one begins to
            if (State.Network != null)
            {
                _walk.Hud.Open(new SearchMenu(
                    State.Network.Network, _input, Find, _walk.Hud.MenuChanged));
            }
        }

        void Find(string name)
        {
            Close();
            _walk.Navigator.GoTo(name);
        }

        void ToggleSettings()
        {
            if (_walk.Hud.HasMenu)
            {
                Close();
            }
            else
            {
                OpenSettings();
            }
        }

        void Connect()
        {
            Close();
            _walk.Connect();
        }

        void Back()
        {
            if (_walk.Hud.HasMenu)
            {
                Close();
            }
            else if (_walk.Room.Overview)
            {
                ToggleOverview();
            }
            else if (_walk.Room.Lifted.Tile >= 0)
            {
                _walk.Room.Lifted.PutBack();
            }
            else
            {
                _walk.Room.Highlights.Chosen = "";
            }
        }

        void Close()
        {
            _walk.Hud.Open(null);
        }

        void Reset()
        {
            Station here = _walk.Navigator.Here;
            if (here != null && _walk.Room.Placement.IsMoved(here.Key))
            {
                _walk.Edits.Reset(here.Key);
            }
            else
            {
                State.Note("The wall here stands where it did; click one that was moved first.");
            }
        }

        string Hint()
        {
            if (_walk.Hud.HasMenu)
            {
                return "";
            }
            if (State.Room == null)
            {
                return "Tab settings";
            }
            if (_walk.Carrying.In(0) != "" || _walk.Carrying.In(1) != "")
            {
                return "let go in the photograph's frame: the network runs on it   elsewhere: back"
                    + " on the shelf";
            }
            if (_walk.Hands.Pointed != "")
            {
                return _walk.Hands.Pointed;
            }
            if (_walk.Live.Shown.HasValue)
            {
                return Playing();
            }
            if (_walk.Room.Lifted.Tile >= 0)
            {
                return "\u2190 \u2192 other channels   click the tile, T or Esc put it back";
            }
            if (_walk.Room.Overview)
            {
                return "click a wall to go there   O back to the floor";
            }
            Station here = _walk.Navigator.Here;
            bool closed = here != null && here.Closed != "" && here.OriginM.DistanceTo(
                _walk.Body.Mode.Destination.Position) < ClosedM + VisitorPose.EyeM;
            if (closed)
            {
                return "double-click or Enter open the block   [ ] next   Esc back";
            }
            if (_walk.Room.Highlights.Chosen != "")
            {
                return "click or T lift a tile   right button move the wall   M more   [ ] next"
                    + "   Esc back";
            }
            return "W A S D walk   drag look   / find   1\u20136 picture   O overview"
                + "   Tab settings";
        }

        // What is played, and how old it is; made anew where it changes.
        string Playing()
        {
            LiveInput live = _walk.Live;
            string age = _age.Of(live);
            if (_playedVersion != live.Version || _playedAge != age)
            {
                _playedVersion = live.Version;
                _playedAge = age;
                string where = LiveWords.Where(live);
                _played = live.Source.Name + "   " + where + (where == "" ? "" : "   ") + age
                    + "   Space " + LiveWords.Play(live).ToLowerInvariant()
                    + "   , . step   I live input";
            }
            return _played;
        }
    }
}
