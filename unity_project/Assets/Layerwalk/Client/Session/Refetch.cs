using System;
using System.Diagnostics;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using Layerwalk.Transport;

namespace Layerwalk.Client
{
    /// <summary>
    /// Pages that were given back and are wanted again. A bridge sends a client every page of a
    /// run once, so they are asked for on a connection of their own, which ends when they came.
    /// </summary>
    public sealed class Refetch : IDisposable
    {
        const double AgainS = 0.5, LongestS = 16; // between connections: twice as long each time
        const double PumpMs = 2; // a frame

        readonly Session _session;
        readonly Action _failed;
        readonly MissingPages _found = new MissingPages(), _wanted = new MissingPages(),
            _came = new MissingPages(); // on this connection

        BridgeClient _client;
        long _run, _request;
        bool _accepted; // what ends now is the end of what was asked for last
        double _nowS, _notBeforeS, _patienceS = AgainS;
        double _againS = double.PositiveInfinity;

        /// <summary>`failed` is called when something that may still be wanted did not come: it is
        /// time to say anew what is.</summary>
        public Refetch(Session session, Action failed)
        {
            _session = session;
            _failed = failed;
            session.State.Changed += Follow;
        }

        /// <summary>Something is on its way.</summary>
        public bool Busy
        {
            get { return _client != null; }
        }

        /// <summary>Connections that were made so far.</summary>
        public int Connections { get; private set; }

        /// <summary>From now on this is wanted, and nothing else.</summary>
        public void Want(Residents residents)
        {
            RunState run = _session.State.Run;
            if (run == null || !double.IsPositiveInfinity(_againS))
            {
                return;
            }
            _found.Find(residents, run.Id);
            if (_found.IsEmpty)
            {
                Leave();
                return;
            }
            if (_client != null && _run == run.Id && _found.IsWithin(_wanted))
            {
                return; // it is coming
            }
            // What came on this connection does not come there once more.
            bool another = _client == null || _run != run.Id || _found.Meets(_came);
            if (another && _nowS < _notBeforeS)
            {
                _againS = _notBeforeS;
                return;
            }
            Ask(run.Id, another);
        }

        /// <summary>Takes what came. To be called once a frame.</summary>
        public void Update(double nowS)
        {
            _nowS = nowS;
            if (double.IsNegativeInfinity(_againS))
            {
                _againS = Math.Max(nowS + AgainS, _notBeforeS);
            }
            if (nowS >= _againS)
            {
                _againS = double.PositiveInfinity;
                _failed();
            }
            long end = Stopwatch.GetTimestamp() + (long)(PumpMs / 1000 * Stopwatch.Frequency);
            BridgeMessage message;
            while (_client != null && Stopwatch.GetTimestamp() < end
                && _client.TryReceive(out message, 0))
            {
                Update(message);
            }
        }

        public void Dispose()
        {
            _session.State.Changed -= Follow;
            Leave();
        }

        void Follow(Topic topics)
        {
            if ((topics & (Topic.Connection | Topic.Network)) != 0)
            {
                Leave();
            }
        }

        void Ask(long run, bool another)
        {
            if (another)
            {
                Leave();
                if (!Connect())
                {
                    return;
                }
            }
            _run = run;
            _wanted.Copy(_found);
            _accepted = false;
            _request = _client.Ask(_wanted.Request(_session.State.NetworkName));
        }

        // False where no connection can be made; it is tried again later.
        bool Connect()
        {
            Connections++;
            _notBeforeS = _nowS + _patienceS;
            _patienceS = Math.Min(LongestS, 2 * _patienceS);
            try
            {
                _client = _session.Address.Client();
                _client.Start();
                return true;
            }
            catch (Exception error)
            {
                if (!(error is TransportException) && !(error is ArgumentException))
                {
                    throw;
                }
                Leave();
                _againS = _notBeforeS;
                _session.State.Note(error.Message);
                return false;
            }
        }

        void Update(BridgeMessage message)
        {
            bool lost = message.Error != null, ends;
            using (message)
            {
                ends = lost || Take(message);
            }
            if (ends) // now that its buffers are given back
            {
                Leave();
            }
            _againS = lost ? double.NegativeInfinity : _againS;
        }

        // Whether nothing more will come.
        bool Take(BridgeMessage message)
        {
            var pages = message.Message as Pages;
            var reply = message.Message as Reply;
            var placed = message.Message as InputPlaced;
            var complete = message.Message as Complete;
            if (pages != null)
            {
                _patienceS = AgainS; // it is of use
                _session.Receiver.Take(message.Decoded);
                _wanted.Remove(pages.Layer, pages.Levels);
                _came.Add(pages.Layer, pages.Levels);
            }
            _accepted |= reply != null && reply.Request == _request;
            return _wanted.IsEmpty || message.Message is Error || message.Message is Superseded
                || (placed != null && placed.Run != _run)
                || (complete != null && _accepted && complete.Run == _run);
        }

        void Leave()
        {
            if (_client != null)
            {
                _session.Leave(_client);
            }
            _client = null;
            _wanted.Clear();
            _came.Clear();
        }
    }
}
