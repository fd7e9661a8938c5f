using System;

namespace Layerwalk.Tests
{
    /// <summary>libsodium in a process of its own; see sodium.py.</summary>
    public sealed class Sodium : IDisposable
    {
        private readonly PythonProcess _process = new PythonProcess("Curve/sodium.py");

        public Sodium()
        {
            _process.Await("ready");
        }

        public string Ask(string command)
        {
            _process.Tell(command);
            return _process.Await("answer");
        }

        public byte[] Multiply(byte[] scalar, byte[] point)
        {
            return Hex.Bytes(Ask("multiply " + Hex.Text(scalar) + " " + Hex.Text(point)));
        }

        public byte[] Box(byte[] publicKey, byte[] secretKey, byte[] nonce, byte[] message)
        {
            return Hex.Bytes(Ask(
                "box " + Hex.Text(publicKey) + " " + Hex.Text(secretKey) + " " + Hex.Text(nonce)
                    + " " + Hex.Text(message)));
        }

        public byte[] Tag(byte[] key, byte[] message)
        {
            return Hex.Bytes(Ask("tag " + Hex.Text(key) + " " + Hex.Text(message)));
        }

        public void Dispose()
        {
            _process.Dispose();
        }
    }
}
