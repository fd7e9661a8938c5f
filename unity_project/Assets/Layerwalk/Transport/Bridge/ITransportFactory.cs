namespace Layerwalk.Transport
{
    /// <summary>Makes the transports of a BridgeClient; they are not started yet.</summary>
    public interface ITransportFactory
    {
        /// <summary>A DEALER. Throws TransportException for what is no endpoint.</summary>
        ITransport Dealer(string endpoint);

        /// <summary>
        /// A SUB that hears everything. Throws TransportException for no endpoint.
        /// </summary>
        ITransport Subscriber(string endpoint);
    }
}
