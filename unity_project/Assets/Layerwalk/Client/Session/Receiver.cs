using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>What each message of the bridge changes.</summary>
    public sealed class Receiver
    {
        readonly SessionState _state;
        readonly Answers _answers;
        readonly Dictionary<Type, Func<Decoded, Topic>> _known =
            new Dictionary<Type, Func<Decoded, Topic>>();

        public Receiver(SessionState state, Answers answers)
        {
            _state = state;
            _answers = answers;
            On<Welcome>((message, decoded) => Take(message));
            On<Snapshot>((message, decoded) => Take(message));
            On<NetworkPublished>((message, decoded) => Take(message));
            On<RoomPublished>((message, decoded) => Take(message.Room));
            On<Progress>((message, decoded) => Take(message));
            On<InputPlaced>(Take);
            On<Pages>(Take);
            On<Prediction>((message, decoded) => Take(message));
            On<Complete>((message, decoded) => End(message.Run, message.Seconds, ""));
            On<Failed>((message, decoded) => End(message.Run, 0, message.Message));
            On<DocumentChanged>((message, decoded) => Take(message));
            On<RunFinished>((message, decoded) => Take(message));
            On<Reply>((message, decoded) => Answer(message.Request, decoded));
            On<PictureData>((message, decoded) => Answer(message.Request, decoded));
            On<Glyphs>((message, decoded) => Answer(message.Request, decoded));
            On<Error>((message, decoded) => Take(message));
        }

        /// <summary>
        /// Pages of the newest run of the network as it is; views that end with the message.
        /// </summary>
        public event Action<LayerPages> PagesCame;

        /// <summary>Another session began: its runs are numbered anew.</summary>
        public event Action SessionBegan;

        /// <summary>
        /// Takes a message, and tells what changed. Unknown ones are newer than this client.
        /// </summary>
        public void Take(Decoded decoded)
        {
            Func<Decoded, Topic> take;
            if (_known.TryGetValue(decoded.Message.GetType(), out take))
            {
                _state.Tell(take(decoded));
            }
        }

        void On<T>(Func<T, Decoded, Topic> take) where T : Message
        {
            _known[typeof(T)] = decoded => take((T)decoded.Message, decoded);
        }

        Topic Take(Welcome message)
        {
            var topics = Topic.Connection | Topic.Shelf | Topic.Places | Topic.Live
                | Topic.Hidden;
            if (_state.Session != message.Session)
            {
                _state.Clear();
                topics |= Topic.Network | Topic.Run | Topic.Prediction;
                _state.Session = message.Session;
                if (SessionBegan != null)
                {
                    SessionBegan();
                }
            }
            _state.Viewer = message.Viewer;
            _state.Shelf = message.Shelf;
            _state.Live = message.Live;
            _state.Connection = ConnectionState.Connected;
            _state.ConnectionWords = "";
            _state.Document.Reset(message.Document, message.Revision);
            return topics;
        }

        Topic Take(Snapshot message)
        {
            _state.Document.Reset(message.Document, message.Revision);
            return Topic.Places | Topic.Live | Topic.Hidden;
        }

        Topic Take(NetworkPublished message)
        {
            NetworkPublished former = _state.Network;
            if (former != null && former.Name != message.Name)
            {
                return Topic.None; // one network is walked through so far
            }
            if (former != null && former.Network.Revision != message.Network.Revision)
            {
                _state.Room = null;
            }
            _state.Network = message;
            return Topic.Network;
        }

        Topic Take(Room room)
        {
            if (_state.Network == null || room.Network != _state.Network.Name)
            {
                return Topic.None;
            }
            _state.Stage = _state.StageError = "";
            // After a lost connection the same room comes again.
            if (_state.Room != null && _state.Room.Revision == room.Revision)
            {
                return Topic.Progress;
            }
            _state.Room = room;
            return Topic.Progress | Topic.Room;
        }

        Topic Take(Progress message)
        {
            _state.Stage = message.Stage;
            _state.StageError = message.Error;
            return Topic.Progress;
        }

        Topic Take(InputPlaced message, Decoded decoded)
        {
            bool old = _state.Run != null && _state.Run.Id > message.Run;
            if (old || message.Network != _state.NetworkName)
            {
                return Topic.None;
            }
            _state.Run = new RunState(message);
            _state.Photograph = Pixels.Of(message.Buffers, decoded.Payloads) ?? _state.Photograph;
            return Topic.Run;
        }

        Topic Take(Pages message, Decoded decoded)
        {
            RunState run = _state.Run;
            NetworkPublished network = _state.Network;
            if (run == null || network == null || message.Network != network.Name
                || message.Run != run.Id || message.Revision != network.Network.Revision)
            {
                return Topic.None;
            }
            if (PagesCame != null)
            {
                PagesCame(LayerPages.Of(decoded));
            }
            return Topic.None;
        }

        Topic Take(Prediction message)
        {
            bool newest = _state.Run == null || message.Run == _state.Run.Id;
            if (message.Network != _state.NetworkName || !newest)
            {
                return Topic.None;
            }
            _state.Scores = message.Scores;
            _state.Unsaid = message.Note == "" ? "No classes to tell" : message.Note;
            return Topic.Prediction;
        }

        Topic End(long number, double seconds, string failure)
        {
            RunState run = _state.Run;
            if (run == null || run.Id != number)
            {
                return Topic.None;
            }
            run.Complete = failure == "";
            run.Seconds = seconds;
            run.Failure = failure;
            if (failure == "")
            {
                return Topic.Run;
            }
            _state.Scores = new Score[0];
            _state.Unsaid = run.FailureWords;
            return Topic.Run | Topic.Prediction;
        }

        Topic Take(DocumentChanged message)
        {
            if (!_state.Document.Apply(message))
            {
                return Topic.None;
            }
            switch (message.Path[0])
            {
                case "stations": return Topic.Places;
                case "live": return Topic.Live;
                case "hidden": return Topic.Hidden;
                default: return Topic.None;
            }
        }

        Topic Take(RunFinished message)
        {
            bool shown = _state.Run != null && _state.Run.Id == message.Run;
            if (message.Error != "" && !shown)
            {
                _state.Note(message.Error);
            }
            return Topic.None;
        }

        Topic Take(Error message)
        {
            bool taken = message.Request.HasValue
                && _answers.Refuse(message.Request.Value, message.Message);
            if (!taken)
            {
                _state.Note(message.Message);
            }
            return Topic.None;
        }

        Topic Answer(long number, Decoded decoded)
        {
            _answers.Take(number, decoded);
            return Topic.None;
        }
    }
}
