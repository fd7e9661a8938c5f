using System;
using System.Collections.Generic;
using System.Globalization;
using Layerwalk.Client;

namespace Layerwalk.Tests
{
    /// <summary>A real bridge with a Python client beside it; see walk.py.</summary>
    public sealed class WalkBridge : IDisposable
    {
        const string SecretToken = "token-of-the-walks";

        PythonProcess _process;

        readonly string _keyFile, _network;

        public WalkBridge()
            : this("-", "hall")
        {
        }

        /// <summary>One for other machines, whose secret key is kept in a file.</summary>
        public WalkBridge(string keyFile)
            : this(keyFile, "hall")
        {
        }

        WalkBridge(string keyFile, string network)
        {
            _keyFile = keyFile;
            _network = network;
            Start("0");
        }

        /// <summary>One of a network whose maps take many megabytes.</summary>
        public static WalkBridge Wide()
        {
            return new WalkBridge("-", "wide");
        }

        /// <summary>Its public key; "" for one on this machine.</summary>
        public string ServerKey { get; private set; }

        public string Endpoint { get; private set; }

        public BridgeAddress Address
        {
            get { return new BridgeAddress(Endpoint, SecretToken, ServerKey); }
        }

        /// <summary>Ends it as a crash would.</summary>
        public void Kill()
        {
            _process.Dispose();
            _process = null;
        }

        /// <summary>Another one, with nothing of the former's session, at the same address.
        /// </summary>
        public void StartAgain()
        {
            Start(Endpoint.Substring(Endpoint.LastIndexOf(':') + 1));
        }

        /// <summary>The lines that a command prints.</summary>
        public List<string> Tell(string command)
        {
            _process.Tell(command);
            return _process.AwaitAll("done");
        }

        public long Place(int seed)
        {
            return long.Parse(Tell("place " + seed)[0].Split(' ')[1]);
        }

        /// <summary>Where the Python client knows a station: x, y, z, scale; null at home.
        /// </summary>
        public double[] Where(string station)
        {
            string[] words = Tell("where " + station)[0].Split(' ');
            if (words[1] == "home")
            {
                return null;
            }
            var numbers = new List<string>(words).GetRange(1, 4);
            return numbers.ConvertAll(
                word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        }

        /// <summary>Digests of ranges and codes that the Python client got, by layer.</summary>
        public Dictionary<string, string[]> Digests(long run)
        {
            var digests = new Dictionary<string, string[]>();
            foreach (string line in Tell("digest " + run))
            {
                string[] words = line.Split(' ');
                digests[words[1]] = new[] { words[2], words[3] };
            }
            return digests;
        }

        public void Dispose()
        {
            if (_process != null)
            {
                _process.Dispose();
            }
        }

        void Start(string port)
        {
            _process = new PythonProcess(
                "Client/walk.py", port, SecretToken, _keyFile, _network);
            string[] words = _process.Await("bridge").Split(' ');
            Endpoint = words[0];
            ServerKey = words[1] == "-" ? "" : words[1];
        }
    }
}
