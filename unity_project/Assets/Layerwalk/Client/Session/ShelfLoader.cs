using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Fetches the shelf's pictures, one after the other.</summary>
    public sealed class ShelfLoader
    {
        /// <summary>Pictures that hang on the shelf's wall.</summary>
        public const int OnWall = 6;

        const int Edge = 256; // pixels

        readonly Session _session;
        readonly HashSet<string> _unreadable = new HashSet<string>(StringComparer.Ordinal);

        string _fetching;

        public ShelfLoader(Session session)
        {
            _session = session;
            session.Receiver.SessionBegan += _unreadable.Clear;
        }

        /// <summary>To be called when the shelf or the connection changed.</summary>
        public void Update()
        {
            SessionState state = _session.State;
            if (_fetching != null || state.Connection != ConnectionState.Connected)
            {
                return;
            }
            for (int i = 0; i < Math.Min(OnWall, state.Shelf.Length); i++)
            {
                Picture picture = state.Shelf[i];
                if (!state.Thumbnails.ContainsKey(picture.Id) && !_unreadable.Contains(picture.Id))
                {
                    Fetch(picture);
                    return;
                }
            }
        }

        void Fetch(Picture picture)
        {
            _fetching = picture.Id;
            _session.Send(
                number => new GetPicture(number, picture.Id, Edge),
                answer => Take(picture, answer), words => Refuse(picture));
        }

        void Take(Picture picture, Decoded answer)
        {
            _fetching = null;
            Pixels pixels = Pixels.Of(answer.Message.Buffers, answer.Payloads);
            if (pixels == null)
            {
                _unreadable.Add(picture.Id);
            }
            else
            {
                _session.State.Thumbnails[picture.Id] =
                    new ShelfPicture(picture.Id, picture.Name, pixels);
            }
            _session.State.Tell(Topic.Shelf);
        }

        void Refuse(Picture picture)
        {
            _fetching = null;
            if (_session.State.Connection == ConnectionState.Connected)
            {
                _unreadable.Add(picture.Id);
                _session.State.Tell(Topic.Shelf);
            }
        }
    }
}
