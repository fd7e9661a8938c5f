using System;
using System.Collections.Generic;

namespace Layerwalk.Tests
{
    /// <summary>A socket of libzmq in a process of its own; see peer.py.</summary>
    public sealed class Peer : IDisposable
    {
        private readonly PythonProcess _process;

        public Peer(string socket, string mechanism, params string[] options)
        {
            var arguments = new List<string> { socket, mechanism };
            arguments.AddRange(options);
            _process = new PythonProcess("Transport/peer.py", arguments.ToArray());
            PublicKey = mechanism == "curve" ? _process.Await("public") : "";
            Endpoint = _process.Await("listening");
            Port = Layerwalk.Transport.Endpoint.Parse(Endpoint).Port;
        }

        public string Endpoint { get; private set; }

        public int Port { get; private set; }

        public string PublicKey { get; private set; }

        public PythonProcess Process
        {
            get { return _process; }
        }

        public void Publish(string topic, int count, int size)
        {
            _process.Tell("publish " + topic + " " + count + " " + size);
            _process.Await("done");
        }

        public void Dispose()
        {
            _process.Dispose();
        }
    }
}
