using System;
using System.Collections.Generic;
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
        private readonly BridgeOptions _options;
        private readonly ITransportFactory _factory;
        private readonly string _endpoint;
        private readonly EventOrder _events;
        private readonly MessagePackWriter _writer = new MessagePackWriter();
        private readonly List<ArraySegment<byte>> _parts = new List<ArraySegment<byte>>();
        private readonly AutoResetEvent _arrived = new AutoResetEvent(false);
        private readonly ITransport _dealer;
        private ITransport _subscriber;
        private CreditAccount _credit;
        private Request _request;
        private long _helloUntilMs = Clock.Never;
        private long _number;

        /// <summary>
        /// A client that is not started. Throws TransportException for no endpoint.
        /// </summary>
        public BridgeClient(string endpoint, ITransportFactory factory, BridgeOptions options)
        {
            _options = options ?? new BridgeOptions();
            _factory = factory;
            _endpoint = endpoint;
            _events = new EventOrder(
                () => Send(new GetSnapshot(NextNumber())), _options.MaxHeldEvents);
            _dealer = factory.Dealer(endpoint);
            _dealer.Arrived += Signal;
        }

        /// <summary>What the bridge said on this connection; null while there is none.</summary>
        public Welcome Welcome { get; private set; }

        /// <summary>
        /// Why there will be no connection any more; null while there may be one.
        /// </summary>
        public TransportException Failure { get; private set; }

        /// <summary>How many messages could not be read, and were left out.</summary>
        public int Unreadable { get; private set; }

        /// <summary>Why the last of them could not be; null if all could.</summary>
        public ProtocolException UnreadableError { get; private set; }

        /// <summary>A client of the bridge that printed this endpoint and token.</summary>
        public static BridgeClient WithToken(string endpoint, string token)
        {
            Security security = Security.Plain(WireFormat.ZeroMQUser, token);
            return new BridgeClient(endpoint, new ZmtpFactory(security, Settings()), null);
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
        /// Asks for layers, now if there is a connection, and on every one that follows. The
        /// number that the bridge's reply will have, instead of the request's own; 0 if it was
        /// not sent now.
        /// </summary>
        public long Ask(Request request)
        {
            _request = request;
            long number = NextNumber();
            return Send(Numbered(request, number)) ? number : 0;
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
                long leftMs = untilMs == 0 ? 0 : Math.Min(untilMs, _helloUntilMs) - Clock.NowMs;
                if (untilMs == 0 || Clock.NowMs >= untilMs)
                    return false;
                if (leftMs > 0)
                    _arrived.WaitOne((int)leftMs);
            }
            return true;
        }

        /// <summary>Leaves the bridge, and ends all threads.</summary>
        public void Dispose()
        {
            Welcome = null;
            _dealer.Dispose();
            EndEvents();
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
            Message due;
            while ((due = NextEvent()) == null && TakeEvent())
            {
            }
            if (due != null)
            {
                message = new BridgeMessage(new Decoded(due, null), default(Received), null);
                return true;
            }
            Received received;
            while (_dealer.TryReceive(out received, 0))
                if (Take(received, out message))
                    return true;
            if (Clock.NowMs < _helloUntilMs)
                return false;
            return Fail(out message, _endpoint
                + " does not answer Hello; is it a bridge's endpoint?");
        }

        private Message NextEvent()
        {
            return Welcome == null ? null : _events.Next();
        }

        /// <summary>Reads one message of the subscriber; false if there is none.</summary>
        private bool TakeEvent()
        {
            Received received;
            if (_subscriber == null || !_subscriber.TryReceive(out received, 0))
                return false;
            using (received)
            {
                Decoded decoded;
                if (received.Kind == ReceivedKind.Connected)
                    _events.Resynchronize(); // events before it may have been missed
                if (received.Kind == ReceivedKind.Message && Read(received, out decoded))
                    _events.Take(decoded.Message, EventOrder.Number(decoded.Message));
                return true;
            }
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
            Decoded decoded;
            if (!Read(received, out decoded) || !Obey(decoded.Message))
            {
                received.Dispose();
                return false;
            }
            var error = decoded.Message as Error;
            if (error != null && Welcome == null)
            {
                received.Dispose();
                return Fail(out message, _endpoint + " refused this client: " + error.Message);
            }
            message = new BridgeMessage(decoded, received, _credit);
            return true;
        }

        /// <summary>Does what belongs to a message; whether it is to be told of.</summary>
        private bool Obey(Message message)
        {
            var welcome = message as Welcome;
            if (welcome != null)
                BeginConnection(welcome);
            var snapshot = message as Snapshot;
            return snapshot == null || _events.Take(snapshot);
        }

        private void SayHello()
        {
            var hello = new Hello(
                WireFormat.Major, WireFormat.Minor, WireFormat.Schema, _options.Client);
            _dealer.Send(Frames.Encode(_writer, hello));
            _helloUntilMs = Clock.NowMs + _options.WelcomeTimeoutMs;
        }

        private void BeginConnection(Welcome welcome)
        {
            EndConnection();
            Welcome = welcome;
            _events.Restart(welcome.Event);
            _credit = new CreditAccount(_options.CreditBytes, message => Send(message));
            _credit.Open();
            if (_request != null)
                Send(Numbered(_request, NextNumber()));
            if (welcome.Events.Length == 0)
                return;
            _subscriber = _factory.Subscriber(welcome.Events);
            _subscriber.Arrived += Signal;
            _subscriber.Start();
        }

        private void EndConnection()
        {
            _helloUntilMs = Clock.Never;
            Welcome = null;
            if (_credit != null)
                _credit.Closed = true;
            EndEvents();
        }

        private void EndEvents()
        {
            if (_subscriber != null)
                _subscriber.Dispose();
            _subscriber = null;
        }

        private bool Fail(out BridgeMessage message, string words)
        {
            Failure = new TransportException(TransportFault.Refused, words);
            message = new BridgeMessage(Failure);
            EndConnection();
            _dealer.Dispose();
            return true;
        }

        /// <summary>
        /// Reads a message; false for one that is newer than this client, or malformed.
        /// </summary>
        private bool Read(Received received, out Decoded decoded)
        {
            _parts.Clear();
            for (int i = 0; i < received.Count; i++)
                _parts.Add(received[i]);
            try
            {
                decoded = Frames.DecodeBridge(_parts);
                return decoded.Message != null;
            }
            catch (ProtocolException error)
            {
                Unreadable++;
                UnreadableError = error;
                decoded = default(Decoded);
                return false;
            }
        }

        private static Request Numbered(Request r, long number)
        {
            return new Request(
                r.Layers, r.Levels, r.Network, number, r.FirstLight, r.Then, r.BudgetBytes,
                r.TextureEdge);
        }
    }
}
