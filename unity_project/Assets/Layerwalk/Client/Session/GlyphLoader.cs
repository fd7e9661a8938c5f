using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Fetches the letters, once: they are the same in every session.</summary>
    public sealed class GlyphLoader : IDisposable
    {
        readonly Session _session;

        bool _asked;

        public GlyphLoader(Session session)
        {
            _session = session;
        }

        /// <summary>Null before they came.</summary>
        public GlyphAtlas Atlas { get; private set; }

        public void Update()
        {
            if (_asked || Atlas != null
                || _session.State.Connection != ConnectionState.Connected)
            {
                return;
            }
            _asked = true;
            _session.Send(number => new GetGlyphs(number), Take, Refused);
        }

        public void Dispose()
        {
            if (Atlas != null)
            {
                Atlas.Dispose();
            }
            Atlas = null;
        }

        void Take(Decoded answer)
        {
            var glyphs = answer.Message as Glyphs;
            if (glyphs == null || !GlyphAtlas.IsUsable(glyphs))
            {
                _session.State.Note("The bridge's letters cannot be used; plain ones stay.");
                return;
            }
            Atlas = new GlyphAtlas(glyphs, answer.Payloads);
            _session.State.Tell(Topic.Glyphs);
        }

        // After a loss it is asked again; a bridge that knows no letters is not.
        void Refused(string words)
        {
            _asked = _session.State.Connection == ConnectionState.Connected;
        }
    }
}
