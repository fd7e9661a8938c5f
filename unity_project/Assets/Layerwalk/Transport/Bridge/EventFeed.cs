using System;
using Layerwalk.Protocol;

namespace Layerwalk.Transport
{
    /// <summary>
    /// The events of one connection after the other: who hears them, and the order they are in.
    /// </summary>
    internal sealed class EventFeed
    {
        private readonly ITransportFactory _factory;
        private readonly EventOrder _order;
        private readonly Ending _ending;
        private readonly Action _arrived;
        private readonly Action<ProtocolException> _unreadable;
        private ITransport _subscriber;

        public EventFeed(
            ITransportFactory factory, EventOrder order, Ending ending, Action arrived,
            Action<ProtocolException> unreadable)
        {
            _factory = factory;
            _order = order;
            _ending = ending;
            _arrived = arrived;
            _unreadable = unreadable;
        }

        /// <summary>Why no events come; null while they do, or none are due.</summary>
        public TransportException Error { get; private set; }

        /// <summary>Hears the events that follow what this says.</summary>
        public void Begin(Welcome welcome)
        {
            _order.Restart(welcome.Event);
            Error = null;
            if (welcome.Events.Length == 0)
                return;
            try
            {
                _subscriber = _factory.Subscriber(welcome.Events);
            }
            catch (TransportException error)
            {
                Error = error;
                return;
            }
            _subscriber.Arrived += _arrived;
            _subscriber.Reader = Reading.Reader();
            _subscriber.Start();
        }

        /// <summary>Hears nothing any more; does not wait for the thread to end.</summary>
        public void End()
        {
            Error = null;
            _order.Restart(0);
            if (_subscriber == null)
                return;
            _subscriber.Arrived -= _arrived;
            _ending.Begin(_subscriber);
            _subscriber = null;
        }

        /// <summary>The next event that is due, or null.</summary>
        public Message Next()
        {
            Message due;
            while ((due = _order.Next()) == null && Take())
            {
            }
            return due;
        }

        /// <summary>Deals with what the subscriber tells next; false if that is nothing.</summary>
        private bool Take()
        {
            Received received;
            if (_subscriber == null || !_subscriber.TryReceive(out received, 0))
                return false;
            using (received)
            {
                if (received.Kind == ReceivedKind.Message)
                    Take(Reading.Of(received), received.Cost);
                else
                    Error = received.Error;
                if (received.Kind == ReceivedKind.Connected)
                    _order.Resynchronize(); // events before it may have been missed
                return true;
            }
        }

        private void Take(Reading reading, long bytes)
        {
            if (reading.Error != null)
                _unreadable(reading.Error);
            else if (reading.Decoded.Message != null)
                _order.Take(reading.Decoded.Message, bytes);
        }
    }
}
