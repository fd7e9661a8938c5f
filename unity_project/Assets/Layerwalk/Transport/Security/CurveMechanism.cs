using System;
using System.Text;

namespace Layerwalk.Transport
{
    /// <summary>
    /// CurveZMQ's client (https://rfc.zeromq.org/spec/26): both sides prove their keys, and all
    /// that follows is encrypted under keys of this connection only. C and S are the lasting keys
    /// of client and server, C' and S' those of the connection.
    /// </summary>
    internal sealed class CurveMechanism : Mechanism
    {
        private const int KeyBytes = 32;
        private const int ShortNonceBytes = 8;
        private const int LongNonceBytes = 16;
        private const int CookieBytes = 96;
        private const int WelcomeBytes =
            LongNonceBytes + CryptoBox.TagBytes + KeyBytes + CookieBytes;
        private const int PaddingBytes = 72; // so that HELLO is no way to multiply traffic
        private const int SignatureBytes = 64;
        private const int MessageBegin = 8; // behind the name
        private const int BoxBegin = MessageBegin + ShortNonceBytes;
        private const int PayloadBegin = BoxBegin + CryptoBox.TagBytes + 1; // behind the flags

        private readonly byte[] _server;
        private readonly CurveKeys _client;
        private readonly CurveKeys _ours;
        private readonly byte[] _sendNonce = Nonce("CurveZMQMESSAGEC");
        private readonly byte[] _receiveNonce = Nonce("CurveZMQMESSAGES");
        private CryptoBox _sendBox;
        private CryptoBox _receiveBox;
        private byte[] _sealed = new byte[1 << 16];
        private ulong _sent;
        private ulong _received;

        /// <summary>`ours` are for one connection, and forgotten with it.</summary>
        public CurveMechanism(byte[] server, CurveKeys client, CurveKeys ours)
        {
            _server = server;
            _client = client;
            _ours = ours;
        }

        public override string Name
        {
            get { return "CURVE"; }
        }

        public override int Overhead
        {
            get { return PayloadBegin; }
        }

        public override string Handshake(FrameReader reader, FrameWriter writer, byte[] metadata)
        {
            using (CryptoBox box = CryptoBox.Between(_server, _ours.Secret))
            {
                Send(writer, Hello(box));
                byte[] welcome = Welcome(box, reader);
                byte[] theirs = Part(welcome, 0, KeyBytes);
                byte[] cookie = Part(welcome, KeyBytes, CookieBytes);
                _sendBox = CryptoBox.Between(theirs, _ours.Secret);
                _receiveBox = _sendBox.Twin();
                Send(writer, Initiate(cookie, theirs, metadata));
            }
            Command ready = Read(
                reader, "READY", ShortNonceBytes + CryptoBox.TagBytes, Command.MaxBytes);
            byte[] nonce = Nonce("CurveZMQREADY---");
            _received = Number(ready.Bytes, ready.Begin);
            Buffer.BlockCopy(ready.Bytes, ready.Begin, nonce, LongNonceBytes, ShortNonceBytes);
            byte[] told = Opened(_receiveBox, nonce, ready, ShortNonceBytes);
            return Metadata.SocketTypeIn(told, 0, told.Length);
        }

        public override void Write(
            FrameWriter writer, int flags, byte[] body, int offset, int count)
        {
            int total = PayloadBegin + count;
            if (_sealed.Length < total)
                _sealed = new byte[total + total / 4];
            _sealed[0] = MessageBegin - 1;
            Encoding.ASCII.GetBytes("MESSAGE", 0, MessageBegin - 1, _sealed, 1);
            Advance(_sendNonce, LongNonceBytes);
            Buffer.BlockCopy(_sendNonce, LongNonceBytes, _sealed, MessageBegin, ShortNonceBytes);
            bool more = (flags & FrameFlags.More) != 0;
            bool command = (flags & FrameFlags.Command) != 0;
            _sealed[PayloadBegin - 1] = (byte)((more ? 1 : 0) | (command ? 2 : 0));
            Buffer.BlockCopy(body, offset, _sealed, PayloadBegin, count);
            _sendBox.Seal(_sendNonce, _sealed, BoxBegin, 1 + count);
            writer.Frame(0, _sealed, 0, total);
        }

        public override void Open(byte[] body, ref int flags, ref int offset, ref int count)
        {
            if (count < PayloadBegin || !IsMessage(body, offset))
                throw FrameReader.Wrong("a frame that is not encrypted");
            ulong number = Number(body, offset + MessageBegin);
            if (number <= _received)
                throw FrameReader.Wrong("an encrypted frame once more");
            Buffer.BlockCopy(
                body, offset + MessageBegin, _receiveNonce, LongNonceBytes, ShortNonceBytes);
            if (!_receiveBox.Open(_receiveNonce, body, offset + BoxBegin, count - BoxBegin))
                throw FrameReader.Wrong("an encrypted frame that somebody changed");
            _received = number;
            int told = body[offset + PayloadBegin - 1];
            if ((told & ~3) != 0 || told == 3)
                throw FrameReader.Wrong("an encrypted frame with unknown flags " + told);
            flags = (told & 1) != 0 ? FrameFlags.More : (told & 2) != 0 ? FrameFlags.Command : 0;
            offset += PayloadBegin;
            count -= PayloadBegin;
        }

        public override void Forget()
        {
            if (_sendBox != null)
                _sendBox.Dispose();
            if (_receiveBox != null)
                _receiveBox.Dispose();
            Array.Clear(_ours.Secret, 0, _ours.Secret.Length);
        }

        private byte[] Hello(CryptoBox box)
        {
            byte[] hello = Command.New(
                "HELLO", 2 + PaddingBytes + KeyBytes + ShortNonceBytes
                    + CryptoBox.TagBytes + SignatureBytes);
            hello[6] = 1; // the version of CurveZMQ, 1.0
            int at = 8 + PaddingBytes;
            _ours.Public.CopyTo(hello, at);
            byte[] nonce = Next("CurveZMQHELLO---", hello, at + KeyBytes);
            box.Seal(nonce, hello, at + KeyBytes + ShortNonceBytes, SignatureBytes);
            return hello;
        }

        /// <summary>A server whose key is another cannot read HELLO, and hangs up.</summary>
        private static byte[] Welcome(CryptoBox box, FrameReader reader)
        {
            Command welcome;
            try
            {
                welcome = Read(reader, "WELCOME", WelcomeBytes, WelcomeBytes);
            }
            catch (TransportException error)
            {
                if (error.Fault != TransportFault.Lost)
                    throw;
                throw new TransportException(
                    TransportFault.Lost,
                    error.Message + " Or is its key another than the one that was given?");
            }
            byte[] nonce = Nonce("WELCOME-");
            Buffer.BlockCopy(welcome.Bytes, welcome.Begin, nonce, 8, LongNonceBytes);
            return Opened(box, nonce, welcome, LongNonceBytes);
        }

        private byte[] Initiate(byte[] cookie, byte[] theirs, byte[] metadata)
        {
            byte[] vouch = Vouch(theirs);
            int secret = KeyBytes + vouch.Length + metadata.Length;
            byte[] initiate = Command.New(
                "INITIATE", CookieBytes + ShortNonceBytes + CryptoBox.TagBytes + secret);
            cookie.CopyTo(initiate, 9);
            int at = 9 + CookieBytes;
            byte[] nonce = Next("CurveZMQINITIATE", initiate, at);
            int box = at + ShortNonceBytes;
            _client.Public.CopyTo(initiate, box + CryptoBox.TagBytes);
            vouch.CopyTo(initiate, box + CryptoBox.TagBytes + KeyBytes);
            metadata.CopyTo(initiate, initiate.Length - metadata.Length);
            _sendBox.Seal(nonce, initiate, box, secret);
            return initiate;
        }

        /// <summary>Says, sealed with C, that C' is ours and meant for S.</summary>
        private byte[] Vouch(byte[] theirs)
        {
            var vouch = new byte[LongNonceBytes + CryptoBox.TagBytes + 2 * KeyBytes];
            CurveKeys.Random(LongNonceBytes).CopyTo(vouch, 0);
            byte[] nonce = Nonce("VOUCH---");
            Buffer.BlockCopy(vouch, 0, nonce, 8, LongNonceBytes);
            _ours.Public.CopyTo(vouch, LongNonceBytes + CryptoBox.TagBytes);
            _server.CopyTo(vouch, LongNonceBytes + CryptoBox.TagBytes + KeyBytes);
            using (CryptoBox box = CryptoBox.Between(theirs, _client.Secret))
                box.Seal(nonce, vouch, LongNonceBytes, 2 * KeyBytes);
            return vouch;
        }

        private static Command Read(FrameReader reader, string name, int minBytes, int maxBytes)
        {
            Command command = Command.Read(reader).Require(name, minBytes);
            if (command.Count > maxBytes)
                throw FrameReader.Wrong("a " + name + " of " + command.Count + " bytes");
            return command;
        }

        private static byte[] Opened(CryptoBox box, byte[] nonce, Command command, int begin)
        {
            int at = command.Begin + begin;
            int count = command.End - at;
            if (!box.Open(nonce, command.Bytes, at, count))
                throw FrameReader.Wrong("a " + command.Name + " that is not sealed with its key");
            return Part(command.Bytes, at + CryptoBox.TagBytes, count - CryptoBox.TagBytes);
        }

        /// <summary>Our next nonce, of which the counter goes to `target` as well.</summary>
        private byte[] Next(string prefix, byte[] target, int at)
        {
            byte[] nonce = Nonce(prefix);
            Advance(nonce, LongNonceBytes);
            Buffer.BlockCopy(nonce, LongNonceBytes, target, at, ShortNonceBytes);
            return nonce;
        }

        private void Advance(byte[] nonce, int at)
        {
            _sent++;
            for (int i = 0; i < ShortNonceBytes; i++)
                nonce[at + i] = (byte)(_sent >> (56 - 8 * i));
        }

        private static bool IsMessage(byte[] bytes, int at)
        {
            if (bytes[at] != MessageBegin - 1)
                return false;
            for (int i = 1; i < MessageBegin; i++)
                if (bytes[at + i] != "-MESSAGE"[i])
                    return false;
            return true;
        }

        private static ulong Number(byte[] bytes, int at)
        {
            ulong number = 0;
            for (int i = 0; i < ShortNonceBytes; i++)
                number = (number << 8) | bytes[at + i];
            return number;
        }

        private static byte[] Nonce(string prefix)
        {
            var nonce = new byte[CryptoBox.NonceBytes];
            Encoding.ASCII.GetBytes(prefix, 0, prefix.Length, nonce, 0);
            return nonce;
        }

        private static byte[] Part(byte[] bytes, int offset, int count)
        {
            var part = new byte[count];
            Buffer.BlockCopy(bytes, offset, part, 0, count);
            return part;
        }
    }
}
