using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using Layerwalk.Protocol;
using Layerwalk.Transport;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>The client against a real bridge.</summary>
    [TestFixture]
    public sealed class BridgeClientTests
    {
        private static ArraySegment<byte> Pixels(int seed)
        {
            var pixels = new byte[64 * 64 * 3];
            new Random(seed).NextBytes(pixels);
            return new ArraySegment<byte>(pixels);
        }

        private static long Place(BridgeClient client, int seed)
        {
            var shape = new BufferInfo(BufferDtype.Uint8, new long[] { 64, 64, 3 });
            long number = client.NextNumber();
            var place = new PlaceImage(number, "noise", buffers: new[] { shape });
            Assert.That(client.Send(place, Pixels(seed)), Is.True);
            return RealBridge.Expect<Reply>(client, reply => reply.Request == number).Run.Value;
        }

        private static string Digest(ArraySegment<byte> bytes)
        {
            using (SHA256 sha = SHA256.Create())
                return Hex.Text(sha.ComputeHash(bytes.Array, bytes.Offset, bytes.Count));
        }

        /// <summary>Receives a run to its end: digests of ranges and codes, by layer.</summary>
        private static Dictionary<string, string> Receive(BridgeClient client, long run)
        {
            var digests = new Dictionary<string, string>();
            BridgeMessage received;
            while (client.TryReceive(out received, Talk.PatienceMs))
                using (received)
                {
                    var complete = received.Message as Complete;
                    var pages = received.Message as Pages;
                    if (complete != null && complete.Run == run)
                        return digests;
                    if (pages == null || pages.Run != run)
                        continue;
                    LayerPages layer = LayerPages.Of(received.Decoded);
                    digests[pages.Layer] = Digest(layer.Ranges) + " " + Digest(layer.Image(0));
                }
            Assert.Fail("run " + run + " was not complete");
            return null;
        }

        /// <summary>The first pages of a run, which are still to be disposed.</summary>
        private static BridgeMessage FirstPages(BridgeClient client, long run)
        {
            BridgeMessage received;
            while (client.TryReceive(out received, Talk.PatienceMs))
            {
                var pages = received.Message as Pages;
                if (pages != null && pages.Run == run)
                    return received;
                received.Dispose();
            }
            throw new TimeoutException("no pages of run " + run);
        }

        [Test]
        public void TheBridgeWelcomesUsWithDocumentNetworkAndRoom()
        {
            using (BridgeClient client = Running.Bridge.Connect())
            {
                Assert.That(client.Welcome.Major, Is.EqualTo(WireFormat.Major));
                Assert.That(client.Welcome.Document.ContainsKey("expanded"), Is.True);
                var network = RealBridge.Expect<NetworkPublished>(client);
                var room = RealBridge.Expect<RoomPublished>(client);
                Assert.That(network.Network.Nodes.Any(n => n.Name == "block.2"), Is.True);
                Assert.That(room.Room.Stations.Length, Is.GreaterThan(0));
                Assert.That(client.Unreadable, Is.EqualTo(0), "" + client.UnreadableError);
            }
        }

        [Test]
        public void PagesOfARunAreThoseThatThePythonClientGets()
        {
            using (BridgeClient client = Running.Bridge.Connect())
            {
                client.Ask(new Request());
                long run = Place(client, 1);
                Dictionary<string, string> ours = Receive(client, run);
                Assert.That(ours.Count, Is.GreaterThanOrEqualTo(5));
                Assert.That(ours, Is.EquivalentTo(Running.Bridge.Digests(run)));
                Assert.That(client.Unreadable, Is.EqualTo(0));
            }
        }

        [Test]
        public void AllRunsComeWithLittleCredit()
        {
            var options = new BridgeOptions { CreditBytes = 1000 };
            using (BridgeClient client = Running.Bridge.Client(options))
            {
                client.Start();
                client.Ask(new Request());
                RealBridge.Expect<Welcome>(client);
                client.Ask(new Request());
                for (int seed = 2; seed < 6; seed++)
                {
                    long run = Place(client, seed);
                    Assert.That(
                        Receive(client, run), Is.EquivalentTo(Running.Bridge.Digests(run)));
                }
            }
        }

        [Test]
        public void PagesThatAreNotDisposedHoldTheOthersBack()
        {
            var options = new BridgeOptions { CreditBytes = 1 };
            using (BridgeClient client = Running.Bridge.Client(options))
            {
                client.Start();
                RealBridge.Expect<Welcome>(client);
                client.Ask(new Request());
                long run = Place(client, 6);
                BridgeMessage first = FirstPages(client, run);
                long number = client.NextNumber();
                client.Send(new GetSnapshot(number));
                BridgeMessage next;
                do
                {
                    Assert.That(client.TryReceive(out next, Talk.PatienceMs), Is.True);
                    Assert.That(next.Message, Is.Not.InstanceOf<Pages>());
                    next.Dispose();
                }
                while (!(next.Message is Snapshot));
                first.Dispose();
                int all = Running.Bridge.Digests(run).Count;
                Assert.That(Receive(client, run).Count, Is.EqualTo(all - 1));
            }
        }

        [Test]
        public void WhatAnotherClientChangesComesAsAnEvent()
        {
            using (BridgeClient client = Running.Bridge.Connect())
            {
                RealBridge.Expect<Snapshot>(client); // which is asked for once events are heard
                Running.Bridge.Tell("collapse block"); // small networks are open at first
                var closed = RealBridge.Expect<DocumentChanged>(client);
                Assert.That(closed.Path, Is.EqualTo(new[] { "expanded", "main" }));
                Assert.That(((Map<object>)closed.Value).ContainsKey("block"), Is.False);
                Running.Bridge.Tell("expand block");
                var opened = RealBridge.Expect<DocumentChanged>(client);
                Assert.That(((Map<object>)opened.Value)["block"], Is.EqualTo(true));
                Assert.That(opened.Number, Is.GreaterThan(closed.Number));
            }
        }

        [Test]
        public void WhatWeChangeComesToOthersAsAnEvent()
        {
            using (BridgeClient one = Running.Bridge.Connect())
            using (BridgeClient other = Running.Bridge.Connect())
            {
                RealBridge.Expect<Snapshot>(other);
                string[] path = { "bookmarks", "here" };
                Map<object> value = new Map<object>.Builder().Set("link", "#layer=1").Build();
                one.Send(new Change(one.NextNumber(), one.Welcome.Revision, path, value));
                var changed = RealBridge.Expect<DocumentChanged>(
                    other, change => change.Path[0] == "bookmarks");
                Assert.That(((Map<object>)changed.Value)["link"], Is.EqualTo("#layer=1"));
                Assert.That(changed.Viewer, Is.EqualTo(one.Welcome.Viewer));
            }
        }

        [Test]
        public void AWrongTokenIsRefusedForGood()
        {
            using (BridgeClient client = BridgeClient.WithToken(Running.Bridge.Endpoint, "wrong"))
            {
                client.Start();
                TransportException error = RealBridge.ExpectLost(client);
                Assert.That(error.Fault, Is.EqualTo(TransportFault.Refused));
                Assert.That(client.Send(new GetSnapshot(1)), Is.False);
            }
        }

        [Test]
        public void AnotherMajorVersionIsToldByTheBridge()
        {
            ZmtpSecurity security = ZmtpSecurity.Plain(WireFormat.ZeroMQUser, Running.Bridge.Token);
            using (DealerSocket dealer = Talk.Connected(Running.Bridge.Endpoint, security))
            {
                dealer.Send(Frames.Encode(new MessagePackWriter(), new Hello(99, 0)));
                List<byte[]> answer = Talk.Answer(dealer);
                var error = (Error)Frames.DecodeBridge(Talk.Frames(answer.ToArray())).Message;
                Assert.That(error.Code, Is.EqualTo("VersionMismatch"));
            }
        }

        [Test]
        public void SomeoneWhoDoesNotAnswerHelloIsNoBridge()
        {
            using (var silent = new Peer("router", "null", "--mute", "1"))
            {
                var options = new BridgeOptions { WelcomeTimeoutMs = 300 };
                var factory = new ZmtpFactory(ZmtpSecurity.None, BridgeClient.Settings());
                using (var client = new BridgeClient(silent.Endpoint, factory, options))
                {
                    client.Start();
                    TransportException error = RealBridge.ExpectLost(client);
                    Talk.Says(error, "does not answer Hello");
                }
            }
        }

        [Test]
        public void AfterALossItIsWelcomedAgainAndItsRequestHolds()
        {
            int connections = 0;
            Action<System.Net.Sockets.NetworkStream, System.Net.Sockets.NetworkStream> once =
                (peer, client) =>
                {
                    if (connections++ == 0)
                        Proxy.Cut(400)(peer, client); // in the middle of what follows Welcome
                    else
                        peer.CopyTo(client);
                };
            using (var proxy = new Proxy(Running.Bridge.Port, once))
            using (BridgeClient client =
                BridgeClient.WithToken(proxy.Endpoint, Running.Bridge.Token))
            {
                client.Ask(new Request());
                client.Start();
                Assert.That(RealBridge.ExpectLost(client).Fault, Is.EqualTo(TransportFault.Lost));
                RealBridge.Expect<Welcome>(client);
                RealBridge.Expect<Reply>(client, reply => reply.Layers != null);
                long run = Running.Bridge.Place(7);
                Assert.That(Receive(client, run), Is.EquivalentTo(Running.Bridge.Digests(run)));
            }
        }
    }
}
