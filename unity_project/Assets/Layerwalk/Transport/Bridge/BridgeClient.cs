using System;
using System.Threading;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// A client of a bridge: says Hello on every connection, subscribes to the events, grants
    /// credit, repeats the request after a loss, and asks for a snapshot where events are missing.
    /// All members are for one thread, the main one; nothing blocks it but a time-out it gives.
    /// </summary>
    public sealed class BridgeClient : IDisposable
    {
        private const string SnapshotTag = "snapshot"; // the tag of what EventOrder waits for

        private readonly BridgeOptions _options;
        private readonly string _endpoint;
        private readonly EventOrder _order;
        private readonly EventFeed _events;
        private readonly Ending _ending = new Ending();
        private readonly MessagePackWriter _writer = new MessagePackWriter();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private readonly ITransport _dealer;
        private CreditAccount _credit;
        private Request _request;
        private bool _requestDue;
        private long _helloUntilMs = Clock.Never;
        private long _number;

        /// <summary>
        /// A client that is not started. Throws TransportException for no endpoint.
        /// </summary>
        public BridgeClient(string endpoint, ITransportFactory factory, BridgeOptions options)
        {
            _options = options ?? new BridgeOptions();
            _endpoint = endpoint;
            _order = new EventOrder(
                () => Send(new GetSnapshot(NextNumber())), _options);
            _events = new EventFeed(factory, _order, _ending, Signal, Leave);
            _dealer = factory.Dealer(endpoint);
            _dealer.Arrived += Signal;
            _dealer.Reader = Reading.Reader();
        }

        /// <summary>What the bridge said on this connection; null while there is none.</summary>
        public Welcome Welcome { get; private set; }

        /// <summary>
        /// Why there will be no connection any more; null while there may be one.
        /// </summary>
        public TransportException Failure { get; private set; }

        /// <summary>
        /// Why no events come, though there is a connection; null while they do. It is tried again
        /// unless its kind is `Refused`, or the bridge told an endpoint that is none.
        /// </summary>
        public TransportException EventsError
        {
            get { return _events.Error; }
        }

        /// <summary>Whether the request was sent on this connection.</summary>
        public bool Asked
        {
            get { return Welcome != null && _request != null && !_requestDue; }
        }

        /// <summary>How many messages could not be read, and were left out.</summary>
        public int Unreadable { get; private set; }

        /// <summary>Why the last of them could not be; null if all could.</summary>
        public ProtocolException UnreadableError { get; private set; }

        /// <summary>
        /// A client of the bridge of this machine that printed this endpoint and token. Throws
        /// TransportException for no endpoint, and where the token would leave it in clear.
        /// </summary>
        public static BridgeClient WithToken(string endpoint, string token)
        {
            return new BridgeClient(endpoint, new PlainFactory(token, Settings()), null);
        }

        /// <summary>Options that suit a bridge.</summary>
        public static ZmtpOptions Settings()
        {
            return new ZmtpOptions
            {
                HeartbeatMs = WireFormat.HeartbeatMs,
                SilenceTimeoutMs = WireFormat.HeartbeatTimeoutMs,
                MaxFrames = WireFormat.MaxParts,
            };
        }

        /// <summary>Begins to connect.</summary>
        public void Start()
        {
            _dealer.Start();
        }

        /// <summary>A number for the next message that the bridge answers.</summary>
        public long NextNumber()
        {
            return ++_number;
        }

        /// <summary>
        /// Sends a message with its payloads, which are copied. False, and nothing is sent, while
        /// the bridge has not welcomed us, and while too much waits to be sent.
        /// </summary>
        public bool Send(Message message, params ArraySegment<byte>[] payloads)
        {
            return Welcome != null && _dealer.Send(Frames.Encode(_writer, message, payloads));
        }

        /// <summary>
        /// Asks for layers, as soon as it can be sent, and again on every connection that follows;
        /// see `Asked`. The number that each reply to it will have, instead of the request's own.
        /// </summary>
        public long Ask(Request request)
        {
            _request = Numbered(request, NextNumber());
            _requestDue = true;
            SendDue();
            return _request.Number;
        }

        /// <summary>
        /// The next message, event or loss; waits for one at most so many milliseconds. Call it
        /// often: what is not received holds the bridge's pages back.
        /// </summary>
        public bool TryReceive(out BridgeMessage message, int timeoutMs)
        {
            long untilMs = timeoutMs > 0 ? Clock.NowMs + timeoutMs : 0;
            while (!TryReceiveNow(out message))
            {
                if (untilMs == 0 || Clock.NowMs >= untilMs)
                    return false;
                long nextMs = Math.Min(_helloUntilMs, _order.UntilMs);
                long leftMs = Math.Min(untilMs, nextMs) - Clock.NowMs;
                if (leftMs > 0)
                    _arrived.WaitOne((int)leftMs);
            }
            return true;
        }

        /// <summary>
        /// Leaves the bridge, without waiting: what was sent so far goes out, and the threads end,
        /// on other ones. Only AwaitEnd and Dispose may be called then.
        /// </summary>
        public void Close()
        {
            EndConnection();
            _ending.Begin(_dealer);
        }

        /// <summary>
        /// After Close: waits at most so many milliseconds until all threads have ended; whether
        /// they have. Throws TransportException where one cannot be ended.
        /// </summary>
        public bool AwaitEnd(int timeoutMs)
        {
            return _ending.Wait(timeoutMs);
        }

        /// <summary>
        /// Leaves the bridge, and waits for its threads as long as `LeaveTimeoutMs` says: those
        /// that take longer end by themselves, or with the process. May be called again.
        /// </summary>
        public void Dispose()
        {
            Close();
            AwaitEnd(_options.LeaveTimeoutMs);
        }

        private void Signal()
        {
            _arrived.Set();
        }

        private bool TryReceiveNow(out BridgeMessage message)
        {
            message = default(BridgeMessage);
            if (Failure != null)
                return false;
            Message due = Welcome == null ? null : _events.Next();
            if (due != null)
            {
                message = new BridgeMessage(new Decoded(due, null), default(Received), null);
                return true;
            }
            Received received;
            while (_dealer.TryReceive(out received, 0))
                if (Take(received, out message))
                    return true;
            SendDue();
            if (Clock.NowMs < _helloUntilMs)
                return false;
            _helloUntilMs = Clock.Never; // it may still come
            message = new BridgeMessage(new TransportException(
                TransportFault.Silent,
                _endpoint + " does not answer Hello; is it a bridge's endpoint?"));
            return true;
        }

        /// <summary>What could not be sent when it was due, as too much waited.</summary>
        private void SendDue()
        {
            if (Welcome == null)
                return;
            _credit.Grant();
            if (_requestDue)
                _requestDue = !Send(_request);
        }

        /// <summary>Whether there is something to tell of; disposes what is not told.</summary>
        private bool Take(Received received, out BridgeMessage message)
        {
            message = default(BridgeMessage);
            if (received.Kind == ReceivedKind.Connected)
            {
                SayHello();
                return false;
            }
            if (received.Kind == ReceivedKind.Lost)
            {
                EndConnection();
                if (received.Error.Fault == TransportFault.Refused)
                    Failure = received.Error;
                message = new BridgeMessage(received.Error);
                return true;
            }
            Reading reading = Reading.Of(received);
            if (reading.Error != null)
                return TellsOf(reading, received, out message);
            if (reading.Decoded.Message == null || !Obey(reading.Decoded.Message))
            {
                received.Dispose();
                return false;
            }
            var error = reading.Decoded.Message as Error;
            if (error != null && Welcome == null)
            {
                received.Dispose();
                Fail(out message, _endpoint + " refused this client: " + error.Message);
                return true;
            }
            message = new BridgeMessage(reading.Decoded, received, _credit);
            return true;
        }

        /// <summary>Leaves a message out that cannot be read.</summary>
        private void Leave(ProtocolException error)
        {
            Unreadable++;
            UnreadableError = error;
        }

        /// <summary>
        /// Leaves a message out; whether it is to be told of, as the answer to Hello is.
        /// </summary>
        private bool TellsOf(Reading unread, Received received, out BridgeMessage message)
        {
            message = default(BridgeMessage);
            Leave(unread.Error);
            if (Welcome != null)
            {
                _credit.Unreadable(unread.Type, received);
                if (unread.Type == SnapshotTag)
                    _order.Fail();
            }
            received.Dispose();
            if (_helloUntilMs == Clock.Never)
                return false;
            _helloUntilMs = Clock.Never;
            message = new BridgeMessage(new TransportException(
                TransportFault.Protocol,
                _endpoint + " answers Hello with what cannot be read (" + unread.Error.Message
                    + "); are bridge and client of the same release?"));
            return true;
        }

        /// <summary>Does what belongs to a message; whether it is to be told of.</summary>
        private bool Obey(Message message)
        {
            var welcome = message as Welcome;
            if (welcome != null)
                return TryBeginConnection(welcome);
            var snapshot = message as Snapshot;
            return snapshot == null || _order.Take(snapshot);
        }

        private void SayHello()
        {
            var hello = new Hello(
                WireFormat.Major, WireFormat.Minor, WireFormat.Schema, _options.Client);
            _dealer.Send(Frames.Encode(_writer, hello));
            _helloUntilMs = Clock.NowMs + _options.WelcomeTimeoutMs;
        }

        /// <summary>False for a second Welcome: whoever sends many starts nothing.</summary>
        private bool TryBeginConnection(Welcome welcome)
        {
            if (Welcome != null)
            {
                Leave(new ProtocolException(welcome.Type, "came once more on one connection"));
                return false;
            }
            _helloUntilMs = Clock.Never;
            Welcome = welcome;
            _credit = new CreditAccount(_options.CreditBytes, message => Send(message));
            _credit.Open();
            _requestDue = _request != null;
            SendDue();
            _events.Begin(welcome);
            return true;
        }

        private void EndConnection()
        {
            _helloUntilMs = Clock.Never;
            Welcome = null;
            if (_credit != null)
                _credit.Closed = true;
            _events.End();
        }

        private void Fail(out BridgeMessage message, string words)
        {
            Failure = new TransportException(TransportFault.Refused, words);
            message = new BridgeMessage(Failure);
            EndConnection();
            _ending.Begin(_dealer);
        }

        private static Request Numbered(Request r, long number)
        {
            return new Request(
                r.Layers, r.Levels, r.Network, number, r.FirstLight, r.Then, r.BudgetBytes,
                r.TextureEdge);
        }
    }
}
