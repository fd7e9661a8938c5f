using System.Collections.Generic;

namespace Layerwalk.Client
{
    /// <summary>What this visitor changed in the shared document, to be undone and done again.
    /// </summary>
    public sealed class History
    {
        /// <summary>So many steps go back.</summary>
        public const int Steps = 500;

        readonly List<Deed> _done = new List<Deed>(), _undone = new List<Deed>();

        /// <summary>What was undone before cannot be done again after it.</summary>
        public void Add(Deed deed)
        {
            _done.Add(deed);
            if (_done.Count > Steps)
            {
                _done.RemoveAt(0);
            }
            _undone.Clear();
        }

        /// <summary>The last deed, turned round; null if there is none.</summary>
        public Deed Back()
        {
            Deed deed = Moved(_done, _undone);
            return deed == null ? null : deed.Reversed;
        }

        /// <summary>The deed undone last; null if there is none.</summary>
        public Deed Again()
        {
            return Moved(_undone, _done);
        }

        /// <summary>Another session: its document has none of it.</summary>
        public void Clear()
        {
            _done.Clear();
            _undone.Clear();
        }

        static Deed Moved(List<Deed> from, List<Deed> to)
        {
            if (from.Count == 0)
            {
                return null;
            }
            Deed deed = from[from.Count - 1];
            from.RemoveAt(from.Count - 1);
            to.Add(deed);
            return deed;
        }
    }
}
