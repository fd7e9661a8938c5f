using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>What this visitor changes for all: images, blocks, where walls stand.</summary>
    public sealed class DocumentEdits
    {
        const string Input = "input"; // the one input frame of a network so far

        readonly Session _session;

        public DocumentEdits(Session session)
        {
            _session = session;
        }

        SessionState State
        {
            get { return _session.State; }
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
            var path = new[] { "expanded", State.NetworkName, block };
            object value = open ? (object)true : null;
            long revision = State.Document.Revision;
            _session.Send(number => new Change(number, revision, path, value), null, null);
        }

        /// <summary>Writes where a station stands; it was moved here already.</summary>
        public void Move(string station, StationPose pose)
        {
            string network = State.NetworkName;
            long revision = State.Document.Revision;
            _session.Send(
                number => Grabbing.Moved(network, station, pose, number, revision), null, null);
        }

        /// <summary>Puts a station back where the layout has it.</summary>
        public void Reset(string station)
        {
            string network = State.NetworkName;
            long revision = State.Document.Revision;
            _session.Send(
                number => Grabbing.Reset(network, station, number, revision), null, null);
        }
    }
}
