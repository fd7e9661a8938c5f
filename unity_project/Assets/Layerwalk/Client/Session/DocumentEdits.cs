using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// What this visitor changes for all: images, blocks, where walls stand. What is done to walls
    /// can be undone, where nobody changed it since.
    /// </summary>
    public sealed class DocumentEdits
    {
        const string Input = "input"; // the one input frame of a network so far

        readonly Session _session;
        readonly History _history = new History();
        readonly Queue<Action> _turns = new Queue<Action>();

        int _unanswered;
        long _heard; // the newest revision that the bridge made of a change of this visitor

        public DocumentEdits(Session session)
        {
            _session = session;
            session.Receiver.SessionBegan += Forget;
        }

        SessionState State
        {
            get { return _session.State; }
        }

        /// <summary>All that this visitor changed has come back. What stood before a change is
        /// known only then: the answer to one comes before the event that tells of it.</summary>
        public bool HasHeard
        {
            get { return _unanswered == 0 && State.Document.Revision >= _heard; }
        }

        /// <summary>Does what waits for its turn. To be called every frame.</summary>
        public void Update()
        {
            while (_turns.Count > 0 && HasHeard)
            {
                _turns.Dequeue()();
            }
        }

        /// <summary>Places a picture of the shelf in the input frame.</summary>
        public void Place(Picture picture)
        {
            if (State.Network != null && !State.TakesImages)
            {
                State.Note("This network takes no image: it runs on its example.");
                return;
            }
            string network = State.NetworkName;
            _session.Send(
                number => new PlaceImage(number, picture.Name, picture.Id, network, Input),
                null, null);
        }

        /// <summary>Opens or closes a block.</summary>
        public void Expand(string block, bool open)
        {
            Send(PathOf("expanded", block), open ? (object)true : null, null, State.Note);
        }

        /// <summary>Writes where a station stands; it was moved here already, and is no step to be
        /// undone before `Moved`.</summary>
        public void Move(string station, StationPose pose)
        {
            Send(PathOf("stations", station), pose.ToValue(), null, State.Note);
        }

        /// <summary>A station was moved from where it was taken to where it was let go.</summary>
        public void Moved(string station, object before, StationPose after)
        {
            var deed = new Deed(
                "moving " + TitleOf(station), PathOf("stations", station), before,
                after.ToValue());
            if (!DocumentValues.Same(deed.Before, deed.After))
            {
                _turns.Enqueue(() => _history.Add(deed));
            }
        }

        /// <summary>Puts a station back where the layout has it.</summary>
        public void Reset(string station)
        {
            Write("putting " + TitleOf(station) + " back", PathOf("stations", station), null);
        }

        /// <summary>Puts all stations back, but for those that are pinned.</summary>
        public void ResetAll()
        {
            _turns.Enqueue(() =>
            {
                var places = State.Places as Map<object> ?? Map<object>.Empty;
                KeyValuePair<string, object>[] pinned = Array.FindAll(
                    places.Entries, entry => State.IsPinned(entry.Key));
                var kept = new Map<object>.Builder();
                foreach (KeyValuePair<string, object> entry in pinned)
                {
                    kept.Set(entry.Key, entry.Value);
                }
                if (places.Count > pinned.Length)
                {
                    Do("putting all walls back", new[] { "stations", State.NetworkName },
                        pinned.Length > 0 ? kept.Build() : null);
                    return;
                }
                State.Note("All walls stand where they belong"
                    + (pinned.Length > 0 ? ", or are pinned." : "."));
            });
        }

        /// <summary>Hides a station's walls from everyone, or shows them again.</summary>
        public void Hide(string station, bool hidden)
        {
            string doing = hidden ? "hiding " : "showing ";
            Write(
                doing + TitleOf(station), PathOf("hidden", station),
                hidden ? (object)true : null);
        }

        /// <summary>Shows all walls.</summary>
        public void ShowAll()
        {
            _turns.Enqueue(() =>
            {
                Map<object> hidden = State.Named("hidden");
                if (hidden != null && hidden.Count > 0)
                {
                    Do("showing all walls", new[] { "hidden", State.NetworkName }, null);
                    return;
                }
                State.Note("Nothing is hidden.");
            });
        }

        /// <summary>Pins a station where it stands, or lets it be moved again.</summary>
        public void Pin(string station, bool pinned)
        {
            Write(
                (pinned ? "pinning " : "unpinning ") + TitleOf(station),
                PathOf("pinned", station), pinned ? (object)true : null);
        }

        /// <summary>
        /// Lays the room out so for everybody, with the gaps that there are; the room follows.
        /// </summary>
        public void LayOut(RoomLayout layout, double spacing)
        {
            string kind = Layouts.KindOf(layout);
            // All of it, as the document has it then: undoing compares.
            Map<object> value = new Map<object>.Builder()
                .Set("kind", kind).Set("spacing", spacing).Set("tile_gap", State.Room.TileGap)
                .Build();
            Write("layout " + kind, new[] { "layout", State.NetworkName }, value);
        }

        /// <summary>Turns this visitor's last step back.</summary>
        public void Undo()
        {
            _turns.Enqueue(() => Repeat(_history.Back(), "undone", () => _history.Again()));
        }

        /// <summary>Does again what was undone last.</summary>
        public void Redo()
        {
            _turns.Enqueue(() => Repeat(_history.Again(), "done again", () => _history.Back()));
        }

        // Writes a value (null removes) as one step.
        void Write(string what, string[] path, object value)
        {
            _turns.Enqueue(() => Do(what, path, value));
        }

        // To be called when it is this one's turn.
        void Do(string what, string[] path, object value)
        {
            var deed = new Deed(what, path, State.Document.At(path), value);
            bool changes = !DocumentValues.Same(deed.Before, deed.After);
            Send(path, value, changes ? () => _history.Add(deed) : (Action)null, State.Note);
        }

        // What another changed since is left alone; what the bridge refuses can be tried again.
        void Repeat(Deed deed, string done, Action undo)
        {
            if (deed == null)
            {
                State.Note("There is nothing to be " + done + ".");
                return;
            }
            if (!DocumentValues.Same(State.Document.At(deed.Path), deed.Before))
            {
                State.Note("Not " + done + ": " + deed.What
                    + ", for another visitor changed it since.");
                return;
            }
            string words = char.ToUpperInvariant(done[0]) + done.Substring(1) + ": " + deed.What;
            Send(deed.Path, deed.After, () => State.Note(words + "."), why =>
            {
                undo();
                State.Note(why);
            });
        }

        void Send(string[] path, object value, Action accepted, Action<string> refused)
        {
            long revision = State.Document.Revision;
            _unanswered++;
            _session.Send(
                number => new Change(number, revision, path, value),
                answer =>
                {
                    _unanswered--;
                    var reply = answer.Message as Reply;
                    _heard = Math.Max(_heard, (reply == null ? null : reply.Revision) ?? 0);
                    if (accepted != null)
                    {
                        accepted();
                    }
                },
                words =>
                {
                    _unanswered--;
                    refused(words);
                });
        }

        // Another session: nothing of the former one can be undone in it.
        void Forget()
        {
            _history.Clear();
            _turns.Clear();
            _heard = 0;
        }

        string[] PathOf(string kind, string name)
        {
            return new[] { kind, State.NetworkName, name };
        }

        string TitleOf(string station)
        {
            Station found = Rooms.StationOf(State.Room, station);
            return found == null ? station : found.Title;
        }
    }
}
