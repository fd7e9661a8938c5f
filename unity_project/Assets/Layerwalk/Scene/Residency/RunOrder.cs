using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Counts runs and revisions of the network as their pages come: what differs in it is not
    /// the same picture.
    /// </summary>
    sealed class RunOrder
    {
        long _run = -1;
        long _revision = -1;

        /// <summary>From 1 on; 0 before anything came.</summary>
        public int Generation { get; private set; }

        /// <summary>Seconds, when the first pages of the newest run came.</summary>
        public double BeganS { get; private set; }

        public void Follow(Pages pages, double nowS)
        {
            if (pages.Run == _run && pages.Revision == _revision)
            {
                return;
            }
            _run = pages.Run;
            _revision = pages.Revision;
            Generation++;
            BeganS = nowS;
        }

        /// <summary>Whether pages of this run are the last that came.</summary>
        public bool IsNewest(long run)
        {
            return run == _run;
        }

        /// <summary>Whatever comes next is of another run.</summary>
        public void Forget()
        {
            _run = -1;
        }
    }
}
