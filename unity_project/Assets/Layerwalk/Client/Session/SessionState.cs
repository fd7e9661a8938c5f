using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>What is known of the session. Whoever changes it says so by `Tell`.</summary>
    public sealed class SessionState
    {
        /// <summary>What the board says while no run has finished.</summary>
        public const string NothingYet = "Nothing yet";

        readonly Score[] _none = new Score[0];

        public SessionState()
        {
            Document = new SharedDocument();
            Shown = new ShelfPage(this);
            Thumbnails = new Dictionary<string, ShelfPicture>(StringComparer.Ordinal);
            Clear();
            ConnectionWords = "";
        }

        /// <summary>Parts that changed; called once each, after they did.</summary>
        public event Action<Topic> Changed;

        public ConnectionState Connection { get; internal set; }

        /// <summary>Why there is no connection, and what to do; "" where there is one.</summary>
        public string ConnectionWords { get; internal set; }

        /// <summary>The bridge's session; "" before there was one.</summary>
        public string Session { get; internal set; }

        /// <summary>What the bridge calls this client.</summary>
        public string Viewer { get; internal set; }

        public SharedDocument Document { get; private set; }

        public NetworkPublished Network { get; internal set; }

        public Room Room { get; internal set; }

        /// <summary>Null before an image was placed.</summary>
        public RunState Run { get; internal set; }

        /// <summary>The image of the newest run as the network sees it; null for none.</summary>
        public Pixels Photograph { get; internal set; }

        public Score[] Scores { get; internal set; }

        /// <summary>What stands on the board where there are no scores.</summary>
        public string Unsaid { get; internal set; }

        /// <summary>What the bridge is busy with before there is a room.</summary>
        public string Stage { get; internal set; }

        /// <summary>Why there will be no room; "" if there may be one.</summary>
        public string StageError { get; internal set; }

        public Picture[] Shelf { get; internal set; }

        /// <summary>What of the shelf is on show.</summary>
        public ShelfPage Shown { get; private set; }

        /// <summary>What can be played into a network.</summary>
        public LiveSource[] Live { get; internal set; }

        /// <summary>Pictures of the shelf that have come, by id.</summary>
        public Dictionary<string, ShelfPicture> Thumbnails { get; private set; }

        /// <summary>The last thing that could not be done, in a sentence; "" for nothing.</summary>
        public string Notice { get; private set; }

        /// <summary>The network's name in the document and in messages.</summary>
        public string NetworkName
        {
            get { return Network == null ? "main" : Network.Name; }
        }

        /// <summary>Where visitors put stations: the document's value.</summary>
        public object Places
        {
            get { return Document.At("stations", NetworkName); }
        }

        /// <summary>Whether a station's walls are hidden from everyone.</summary>
        public bool IsHidden(string station)
        {
            return IsNamed("hidden", station);
        }

        /// <summary>Whether nobody moves a station.</summary>
        public bool IsPinned(string station)
        {
            return IsNamed("pinned", station);
        }

        /// <summary>Keys of the stations of which the document says so; null for none.</summary>
        internal Map<object> Named(string kind)
        {
            return Document.At(kind, NetworkName) as Map<object>;
        }

        /// <summary>Whether images can be placed: other networks run on their example.</summary>
        public bool TakesImages
        {
            get
            {
                return Network != null
                    && !Network.Preprocess.StartsWith("none:", StringComparison.Ordinal);
            }
        }

        internal void Tell(Topic topics)
        {
            if (Changed != null && topics != Topic.None)
            {
                Changed(topics);
            }
        }

        internal void Note(string words)
        {
            Notice = words;
            Tell(Topic.Notice);
        }

        bool IsNamed(string kind, string station)
        {
            Map<object> named = Named(kind);
            return named != null && named.ContainsKey(station);
        }

        /// <summary>Another session: its runs and rooms are numbered anew.</summary>
        internal void Clear()
        {
            Session = Viewer = Stage = StageError = Notice = "";
            Network = null;
            Room = null;
            Run = null;
            Photograph = null;
            Scores = _none;
            Unsaid = NothingYet;
            Shelf = new Picture[0];
            Live = new LiveSource[0];
            Thumbnails.Clear();
            Shown.Begin();
        }
    }
}
