using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>How the room is laid out, and what can be done with walls.</summary>
    public sealed class ArrangeMenu : IMenu
    {
        readonly SessionState _state;
        readonly Func<Station> _here;
        readonly DocumentEdits _edits;
        readonly Action<Command> _run;
        readonly Action _changed;

        Room _room;
        long _revision = -1;

        /// <summary>`here` is the station that is meant; `changed`: other lines are shown.
        /// </summary>
        public ArrangeMenu(
            SessionState state, Func<Station> here, DocumentEdits edits, Action<Command> run,
            Action changed)
        {
            _state = state;
            _here = here;
            _edits = edits;
            _run = run;
            _changed = changed;
        }

        /// <summary>To be called every frame: others arrange the room, too.</summary>
        public void Update()
        {
            if (_room != _state.Room || _revision != _state.Document.Revision)
            {
                _changed();
            }
        }

        public void Write(List<PanelLine> lines)
        {
            _room = _state.Room;
            _revision = _state.Document.Revision;
            lines.Add(PanelLine.Title("Room"));
            if (_room == null)
            {
                lines.Add(PanelLine.Plain("There is no room yet."));
                return;
            }
            lines.Add(PanelLine.Field(
                "Layout", Layouts.NameOf(_room.Layout), false, () => _run(Command.NextLayout)));
            lines.Add(PanelLine.Field(
                "Room between walls", "\u00d7 " + _room.Spacing.ToString(
                    "0.0", System.Globalization.CultureInfo.InvariantCulture),
                false,
                () => _edits.LayOut(_state.Room.Layout, Layouts.Next(_state.Room.Spacing))));
            lines.Add(PanelLine.Button("Undo", _edits.Undo));
            lines.Add(PanelLine.Button("Do again", _edits.Redo));
            lines.Add(PanelLine.Button("Put all walls back", _edits.ResetAll));
            Map<object> hidden = _state.Named("hidden");
            if (hidden != null && hidden.Count > 0)
            {
                lines.Add(PanelLine.Button(
                    "Show hidden walls (" + hidden.Count + ")", _edits.ShowAll));
            }
            WriteWall(lines, _here());
        }

        public void Closed()
        {
        }

        void WriteWall(List<PanelLine> lines, Station here)
        {
            if (here == null)
            {
                return;
            }
            bool pinned = _state.IsPinned(here.Key);
            lines.Add(PanelLine.Title("The wall here: " + here.Title));
            lines.Add(PanelLine.Button(
                "Put it back", () => _run(Command.ResetWall)));
            lines.Add(PanelLine.Button(
                pinned ? "Unpin it" : "Pin it where it stands", () => _run(Command.PinWall)));
            lines.Add(PanelLine.Button("Hide it", () => _run(Command.HideWall)));
        }
    }
}
