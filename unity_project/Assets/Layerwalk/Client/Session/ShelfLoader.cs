using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>
    /// Fetches pictures of the shelf, one after the other: those on show, and then those on the
    /// next page and the one before. Others are given back.
    /// </summary>
    public sealed class ShelfLoader
    {
        const int Edge = 256; // pixels
        const int Kept = 5 * ShelfPage.Places;

        static readonly int[] Nearby = { 0, 1, -1 }; // pages

        readonly Session _session;
        readonly HashSet<string> _unreadable = new HashSet<string>(StringComparer.Ordinal);

        string _fetching;

        public ShelfLoader(Session session)
        {
            _session = session;
            session.Receiver.SessionBegan += _unreadable.Clear;
        }

        SessionState State
        {
            get { return _session.State; }
        }

        /// <summary>To be called every frame.</summary>
        public void Update()
        {
            if (_fetching != null || State.Connection != ConnectionState.Connected)
            {
                return;
            }
            foreach (int by in Nearby)
            {
                int pages = State.Shown.Pages;
                int first = (State.Shown.Page + by + pages) % pages * ShelfPage.Places;
                int end = Math.Min(first + ShelfPage.Places, State.Shelf.Length);
                for (int i = first; i < end; i++)
                {
                    Picture picture = State.Shelf[i];
                    if (!State.Thumbnails.ContainsKey(picture.Id)
                        && !_unreadable.Contains(picture.Id))
                    {
                        Fetch(picture);
                        return;
                    }
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
                GiveBack();
                State.Thumbnails[picture.Id] =
                    new ShelfPicture(picture.Id, picture.Name, pixels);
            }
            State.Tell(Topic.Shelf);
        }

        // What hangs far from here, where there are many.
        void GiveBack()
        {
            if (State.Thumbnails.Count < Kept)
            {
                return;
            }
            int pages = State.Shown.Pages;
            for (int i = 0; i < State.Shelf.Length; i++)
            {
                int away = Math.Abs(i / ShelfPage.Places - State.Shown.Page);
                if (Math.Min(away, pages - away) > 1)
                {
                    State.Thumbnails.Remove(State.Shelf[i].Id);
                }
            }
        }

        void Refuse(Picture picture)
        {
            _fetching = null;
            if (State.Connection == ConnectionState.Connected)
            {
                _unreadable.Add(picture.Id);
                State.Tell(Topic.Shelf);
            }
        }
    }
}
