using System;
using System.Collections.Generic;
using System.Diagnostics;
using Layerwalk.Protocol;
using Layerwalk.Transport;

namespace Layerwalk.Client
{
    /// <summary>
    /// The connection to a bridge, and what came of it. All of it is for the main thread: messages
    /// that threads of the transport received wait until `Pump`.
    /// </summary>
    public sealed class Session : IDisposable
    {
        const int LeaveMs = 500; // who quits waits no longer

        readonly Answers _answers = new Answers();
        readonly Receiver _receiver;
        readonly List<BridgeClient> _left = new List<BridgeClient>(); // whose threads may yet run

        BridgeClient _client;

        public Session()
        {
            State = new SessionState();
            _receiver = new Receiver(State, _answers);
        }

        public SessionState State { get; private set; }

        public Receiver Receiver
        {
            get { return _receiver; }
        }

        /// <summary>The address that is connected to, or tried; null for none.</summary>
        public BridgeAddress Address { get; private set; }

        /// <summary>Leaves the bridge, if there was one; begins to connect to this one.</summary>
        public void Connect(BridgeAddress address)
        {
            Leave();
            Address = address;
            if (!address.IsGiven)
            {
                Say(ConnectionState.None, ConnectionWords.NoAddress);
                return;
            }
            try
            {
                _client = address.Client();
                _client.Start();
                Say(ConnectionState.Connecting, ConnectionWords.Connecting(address));
            }
            catch (Exception error)
            {
                if (!(error is TransportException) && !(error is ArgumentException))
                {
                    throw;
                }
                Leave();
                Say(ConnectionState.Refused, ConnectionWords.Unusable(error));
            }
        }

        /// <summary>
        /// Deals with what came, for about so many milliseconds; false if more is waiting. What
        /// waits holds the bridge back.
        /// </summary>
        public bool Pump(double milliseconds)
        {
            long end = Stopwatch.GetTimestamp()
                + (long)(milliseconds / 1000 * Stopwatch.Frequency);
            BridgeMessage message;
            while (_client != null && _client.TryReceive(out message, 0))
            {
                using (message)
                {
                    Take(message);
                }
                if (Stopwatch.GetTimestamp() >= end)
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>
        /// Asks for layers, now and after every loss. `refused` is called with why not.
        /// </summary>
        public void Ask(Request request, Action<string> refused)
        {
            long number = _client == null ? 0 : _client.Ask(request);
            if (number != 0)
            {
                _answers.Await(number, answer => { }, refused);
            }
        }

        /// <summary>
        /// Sends what `make` makes of a number. What the bridge answers goes to `answered` (may
        /// be null), why it does not to `refused`, or, where that is null, to the notices.
        /// </summary>
        public void Send(
            Func<long, Message> make, Action<Decoded> answered, Action<string> refused,
            params ArraySegment<byte>[] payloads)
        {
            refused = refused ?? State.Note;
            if (_client == null || State.Connection != ConnectionState.Connected)
            {
                refused(ConnectionWords.NotNow);
                return;
            }
            long number = _client.NextNumber();
            _answers.Await(number, answered ?? (answer => { }), refused);
            if (!_client.Send(make(number), payloads))
            {
                _answers.Refuse(number, ConnectionWords.TooMuch);
            }
        }

        /// <summary>Closes a connection, here or of somebody who had one more. Its threads end by
        /// themselves; who quits waits for all of them together.</summary>
        public void Leave(BridgeClient client)
        {
            client.Close();
            _left.RemoveAll(one => HasEnded(one, 0));
            _left.Add(client);
        }

        /// <summary>
        /// Leaves the bridge; threads that take longer than half a second to end do so later.
        /// </summary>
        public void Dispose()
        {
            Leave();
            var watch = Stopwatch.StartNew();
            foreach (BridgeClient client in _left)
            {
                HasEnded(client, Math.Max(0, LeaveMs - (int)watch.ElapsedMilliseconds));
            }
            _left.Clear();
        }

        void Take(BridgeMessage message)
        {
            if (message.Error != null)
            {
                Lose(message.Error);
                return;
            }
            try
            {
                _receiver.Take(message.Decoded);
            }
            catch (ProtocolException error)
            {
                State.Note(error.Message);
            }
        }

        void Lose(TransportException error)
        {
            bool refused = error.Fault == TransportFault.Refused;
            // Who is refused an answer may ask why: because there is no connection.
            State.Connection = refused ? ConnectionState.Refused : ConnectionState.Lost;
            _answers.RefuseAll(ConnectionWords.NotNow);
            Say(
                State.Connection,
                refused ? ConnectionWords.Refused(error) : ConnectionWords.Lost(error));
        }

        void Leave()
        {
            if (_client != null)
            {
                Leave(_client);
            }
            _client = null;
            State.Connection = ConnectionState.None;
            _answers.RefuseAll(ConnectionWords.NotNow);
        }

        bool HasEnded(BridgeClient client, int timeoutMs)
        {
            try
            {
                return client.AwaitEnd(timeoutMs);
            }
            catch (TransportException error)
            {
                State.Note(error.Message);
                return true;
            }
        }

        void Say(ConnectionState state, string words)
        {
            State.Connection = state;
            State.ConnectionWords = words;
            State.Tell(Topic.Connection);
        }
    }
}
