using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>
    /// Live input: which source is played into the network, and how, as the shared document says.
    /// The web viewer's app/live.ts does the same.
    /// </summary>
    public sealed class LiveInput : IDisposable
    {
        const string Input = "input"; // the one input frame of a network so far
        const long NotYet = long.MaxValue;

        readonly Session _session;

        Live _state;
        bool _hasNext, _sent;
        Live _next, _sentValue; // wanted after the change that is on its way, and that change
        long _sentRevision; // that the document has once the change has come through
        long? _asked; // the frame that was asked for last, while it is stepped through
        string _told; // the reason that was told last; null while nothing is known of a network

        public LiveInput(Session session)
        {
            _session = session;
            session.State.Changed += Follow;
        }

        /// <summary>Counts what changed, but for the age of what is shown.</summary>
        public int Version { get; private set; }

        /// <summary>Whether there is anything to play into this network.</summary>
        public bool Available
        {
            get { return Known.Live.Length > 0 && Known.TakesImages; }
        }

        public LiveSource[] Sources
        {
            get { return Known.Live; }
        }

        /// <summary>What the document says; null while no source is chosen.</summary>
        public Live State
        {
            get { return _state; }
        }

        /// <summary>The source that is chosen, or would be by playing; null for none.</summary>
        public LiveSource Source
        {
            get { return Of(_state) ?? (Known.Live.Length > 0 ? Known.Live[0] : null); }
        }

        /// <summary>Whether it came to the end of its frames, and does not begin anew by itself.
        /// </summary>
        public bool Ended
        {
            get
            {
                LiveSource source = Source;
                bool stands = source != null && _state != null && !_state.Playing
                    && _state.Error == "";
                return stands && source.Frames > 0 && !_state.Loop
                    && (_state.Position ?? -1) >= source.Frames - 1;
            }
        }

        /// <summary>Position of the frame that is on show, null if something else is.</summary>
        public long? Shown
        {
            get
            {
                RunState run = Known.Run;
                bool live = run != null && run.Live != "" && _state != null
                    && run.Live == _state.Source;
                return live ? run.Position : (long?)null;
            }
        }

        /// <summary>Seconds since the frame that is on show was captured, null while nothing
        /// plays.</summary>
        public double? AgeS
        {
            get
            {
                bool plays = Shown.HasValue && _state.Playing;
                return plays ? Math.Max(0, RunState.NowS - Known.Run.CapturedS) : (double?)null;
            }
        }

        SessionState Known
        {
            get { return _session.State; }
        }

        bool Changing
        {
            get { return _sent && Known.Document.Revision < _sentRevision; }
        }

        // What the document will say once all that was asked for here has come through.
        Live Coming
        {
            get { return _hasNext ? _next : Changing ? _sentValue : _state; }
        }

        // The source that is chosen then, or would be by playing.
        LiveSource Aim
        {
            get { return Of(Coming) ?? Source; }
        }

        string[] Path
        {
            get { return new[] { "live", Known.NetworkName, Input }; }
        }

        /// <summary>Plays a source from its beginning; the one that is chosen goes on.</summary>
        public void Play(string id)
        {
            Live coming = Coming;
            if (coming != null && coming.Source == id)
            {
                Write(coming, true, AskedNext);
                return;
            }
            bool loop = coming == null || coming.Loop;
            Write(new Live(id, true, 0, loop), true, null);
        }

        public void Toggle()
        {
            LiveSource aim = Aim;
            Live coming = Coming;
            if (!Available || aim == null)
            {
                return;
            }
            if (coming == null)
            {
                Play(aim.Id);
            }
            else
            {
                Write(coming, !coming.Playing, coming.Playing ? Stop() : null);
            }
        }

        /// <summary>One frame on (1) or back (-1), which pauses; what has no end only goes on.
        /// </summary>
        public void Step(int by)
        {
            LiveSource aim = Aim;
            if (!Available || aim == null || (by < 0 && aim.Frames == 0))
            {
                return;
            }
            Live coming = Coming;
            long at = _asked ?? Shown ?? (coming == null ? null : coming.Position)
                ?? (by > 0 ? -1 : 0);
            long to = aim.Frames > 0 ? (at + by + aim.Frames) % aim.Frames : at + by;
            Write(Now(), false, to);
            _asked = to;
        }

        public void SetLoop(bool loop)
        {
            Live now = Now();
            if (now != null)
            {
                Write(
                    new Live(now.Source, now.Playing, now.RateHz, loop), now.Playing, AskedNext);
            }
        }

        /// <summary>Frames a second; 0: the source's own rate.</summary>
        public void SetRate(double rateHz)
        {
            Live now = Now();
            if (now != null)
            {
                Write(
                    new Live(now.Source, now.Playing, rateHz, now.Loop), now.Playing, AskedNext);
            }
        }

        /// <summary>No source is chosen any more, and cameras are let go.</summary>
        public void End()
        {
            Send(null);
        }

        public void Dispose()
        {
            _session.State.Changed -= Follow;
        }

        // A frame that was asked for counts until it has been said.
        long? AskedNext
        {
            get { return _next == null ? null : _next.Position; }
        }

        Live Now()
        {
            LiveSource aim = Aim;
            return Coming ?? (aim == null ? null : new Live(aim.Id, false));
        }

        LiveSource Of(Live live)
        {
            foreach (LiveSource one in Known.Live) // every frame, so nothing may be captured
            {
                if (live != null && one.Id == live.Source)
                {
                    return one;
                }
            }
            return null;
        }

        // Where to stop: frames without an end cannot be shown once more.
        long? Stop()
        {
            RunState run = Known.Run;
            bool shows = Aim.Frames > 0 && run != null && run.Live == Aim.Id;
            return shows ? run.Position : (long?)null;
        }

        void Write(Live now, bool playing, long? position)
        {
            if (now != null)
            {
                Send(new Live(now.Source, playing, now.RateHz, now.Loop, position));
            }
        }

        // One change at a time: of those that are wanted meanwhile, the last one counts.
        void Send(Live value)
        {
            if (value == null || value.Playing)
            {
                _asked = null;
            }
            _next = value;
            _hasNext = true;
            if (!_sent || _sentRevision != NotYet)
            {
                Flush();
            }
        }

        void Flush()
        {
            if (!_hasNext)
            {
                return;
            }
            Live value = _sentValue = _next;
            _hasNext = false;
            _next = null;
            _sent = true;
            _sentRevision = NotYet;
            long revision = Known.Document.Revision;
            string[] path = Path;
            _session.Send(
                number => new Change(number, revision, path, ValueOf(value)), Answered, Refused);
        }

        void Answered(Decoded answer)
        {
            var reply = answer.Message as Reply;
            _sentRevision = reply == null ? 0 : reply.Revision ?? 0;
            Flush();
        }

        void Refused(string words)
        {
            _sent = false;
            Known.Note(words);
            Flush();
        }

        void Follow(Topic topics)
        {
            if ((topics & (Topic.Live | Topic.Network | Topic.Run | Topic.Connection)) == 0)
            {
                return;
            }
            Version++;
            _state = Read(Known.Document.At(Path));
            if (Known.Network == null)
            {
                _sent = false; // another session counts its revisions anew
            }
            // A frame that someone else asked for is where steps go on from.
            bool settled = !_hasNext && !Changing;
            if (settled && (_state == null ? null : _state.Position) != _asked)
            {
                _asked = null;
            }
            Tell();
        }

        // Says why a source ended, once, and not to those who come later.
        void Tell()
        {
            bool known = Known.Network != null;
            string error = _state == null ? "" : _state.Error;
            string told = _told;
            _told = known ? error : null;
            if (known && told != null && error != "" && error != told)
            {
                Known.Note(error);
            }
        }

        static object ValueOf(Live live)
        {
            if (live == null)
            {
                return null;
            }
            return new Map<object>.Builder().Set("source", live.Source)
                .Set("playing", live.Playing).Set("rate_hz", live.RateHz)
                .Set("loop", live.Loop)
                .Set("position", live.Position.HasValue ? (object)live.Position.Value : null)
                .Set("error", "").Build();
        }

        // What others wrote is taken as far as it is what it should be.
        static Live Read(object value)
        {
            var map = value as Map<object>;
            object source, playing, rate, loop, position, error;
            if (map == null || !map.TryGetValue("source", out source) || !(source is string))
            {
                return null;
            }
            map.TryGetValue("playing", out playing);
            map.TryGetValue("rate_hz", out rate);
            map.TryGetValue("loop", out loop);
            map.TryGetValue("position", out position);
            map.TryGetValue("error", out error);
            double hertz = rate is double ? (double)rate : rate is long ? (long)rate : 0;
            return new Live(
                (string)source, !(playing is bool) || (bool)playing, hertz,
                !(loop is bool) || (bool)loop, position as long?, error as string ?? "");
        }
    }
}
