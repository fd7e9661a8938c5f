using System;
using System.IO;
using System.Linq;
using Layerwalk.Client;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>No bridge, a wrong token, a bridge that goes and comes back, and the end.</summary>
    [TestFixture]
    public sealed class ConnectionTests
    {
        WalkBridge _bridge;
        Stage _stage;

        [TestFixtureSetUp]
        public void Serve()
        {
            _bridge = new WalkBridge();
        }

        [TestFixtureTearDown]
        public void End()
        {
            _bridge.Dispose();
        }

        [TearDown]
        public void Close()
        {
            if (_stage != null)
            {
                _stage.Dispose();
            }
            _stage = null;
        }

        [Test]
        public void WhoHasNotBeenToldOfABridgeIsAskedForOneInTheEnginesLetters()
        {
            _stage = new Stage(null);
            _stage.Frames(3);
            Assert.That(_stage.State.Connection, Is.EqualTo(ConnectionState.None));
            Assert.That(_stage.Walk.Hud.HasMenu, Is.True);
            string written = Written();
            Assert.That(written, Does("Start one with: layerwalk walk"));
            Assert.That(written, Does("Address"));
            Assert.That(written, Does("Token"));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AWrongTokenIsRefusedInWordsAndTheRightOneLetsIn()
        {
            BridgeAddress right = _bridge.Address;
            _stage = new Stage(new BridgeAddress(right.Endpoint, "wrong-token-of-nobody", ""));
            _stage.Until(
                () => _stage.State.Connection == ConnectionState.Refused, "the refusal");
            _stage.Frames(2);
            Assert.That(Written(), Does("Then connect"));
            _stage.Walk.Settings.Token = right.Token;
            _stage.Walk.Connect();
            _stage.UntilLit();
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ABridgeForOtherMachinesIsWalkedInWithItsKey()
        {
            string file = Path.Combine(Path.GetTempPath(), "layerwalk-" + Guid.NewGuid());
            using (var bridge = new WalkBridge(file))
            {
                _stage = new Stage(bridge.Address);
                Assert.That(_stage.Walk.Settings.ServerKey.Length, Is.EqualTo(40));
                _stage.UntilLit();
                _stage.Walk.Edits.Expand("block", false);
                _stage.Until(() => _stage.State.Room.Expanded.Length == 0, "the events");
                _stage.ComplainsOfNothing();
            }
            File.Delete(file);
        }

        [Test]
        public void AnAddressThatIsNoneIsToldOf()
        {
            _stage = new Stage(new BridgeAddress("nowhere at all", "token", ""));
            _stage.Frames(3);
            Assert.That(_stage.State.Connection, Is.EqualTo(ConnectionState.Refused));
            Assert.That(_stage.State.ConnectionWords, Does("nowhere at all"));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void ABridgeThatGoesIsToldOfAndOneThatComesIsWalkedInAgain()
        {
            _stage = new Stage(_bridge.Address);
            _stage.UntilLit();
            string session = _stage.State.Session;
            _bridge.Kill();
            _stage.Until(() => _stage.State.Connection == ConnectionState.Lost, "the loss");
            _stage.Frames(2);
            Assert.That(_stage.State.ConnectionWords, Does("It is tried again"));
            Assert.That(_stage.WallDraws[0].Value<float>("_LayerwalkStale"), Is.EqualTo(0.85f));
            _bridge.StartAgain();
            _stage.Until(
                () => _stage.State.Connection == ConnectionState.Connected, "the connection");
            _stage.UntilLit();
            Assert.That(_stage.State.Session, Is.Not.EqualTo(session));
            Assert.That(_stage.WallDraws[0].Value<float>("_LayerwalkStale"), Is.EqualTo(0));
            Assert.That(_stage.State.ConnectionWords, Is.EqualTo(""));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AfterTheEndNothingIsLeftAndItCanBeginAgain()
        {
            _stage = new Stage(_bridge.Address);
            for (int play = 0; play < 2; play++)
            {
                _stage.Play();
                _stage.UntilLit();
                Assert.That(Living.Buffers, Is.Not.Empty);
                _stage.Leave();
                // Shaders are files, whoever loaded them.
                Assert.That(Living.All.Where(name => !name.EndsWith("(UnityEngine.Shader)")),
                    Is.Empty);
                Assert.That(Devices.EnabledActions, Is.EqualTo(0));
            }
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WithAnotherBudgetItBeginsAnewAndHoldsNoMore()
        {
            _stage = new Stage(_bridge.Address);
            _stage.UntilLit();
            Walk before = _stage.Walk;
            _stage.Walk.Settings.BudgetMiB = 64;
            _stage.Walk.Connect();
            _stage.Frames(1);
            Assert.That(_stage.Walk, Is.Not.SameAs(before));
            _stage.UntilLit();
            Assert.That(_stage.Walk.Room.Activations.Atlas.Depth, Is.LessThanOrEqualTo(64));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void SettingsAreKeptAndTheTokenOnlyIfAskedFor()
        {
            _stage = new Stage(_bridge.Address);
            Settings settings = _stage.Walk.Settings;
            settings.Comfort.Vignette = 0.25;
            settings.ServerKey = "key";
            settings.BudgetMiB = 512;
            settings.RemembersToken = false;
            settings.Save();
            Settings loaded = Settings.Load();
            Assert.That(loaded.Endpoint, Is.EqualTo(_bridge.Endpoint));
            Assert.That(loaded.Comfort.Vignette, Is.EqualTo(0.25));
            Assert.That(loaded.ServerKey, Is.EqualTo("key"));
            Assert.That(loaded.BudgetMiB, Is.EqualTo(512));
            Assert.That(loaded.Token, Is.EqualTo(""));
            Assert.That(PlayerPrefs.HasKey("layerwalk.token"), Is.False);
        }

        static NUnit.Framework.Constraints.Constraint Does(string contain)
        {
            return Is.StringContaining(contain);
        }

        // What stands in the engine's own letters.
        static string Written()
        {
            return string.Join("\n", World.All<TextMesh>()
                .Where(text => text.gameObject.activeInHierarchy)
                .Select(text => text.text).ToArray());
        }
    }
}
