using Layerwalk.Client;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>What reaches a line that is typed into.</summary>
    [TestFixture]
    public sealed class TextInputTests
    {
        Stage _stage;
        TextInput _input;
        string _text;
        bool _entered;

        [SetUp]
        public void Open()
        {
            _stage = new Stage(null);
            _input = new TextInput();
        }

        [TearDown]
        public void Close()
        {
            _input.Dispose();
            _stage.Dispose();
        }

        [Test]
        public void ATokenIsPastedWithoutTheEndOfItsLine()
        {
            GUIUtility.systemCopyBuffer = "kB3-token\r\n";
            Begin("");
            Devices.Press("<Keyboard>/leftCtrl");
            Devices.Press("<Keyboard>/v");
            Devices.Type("v"); // some systems say so, too
            Frame();
            Frame();
            Assert.That(_text, Is.EqualTo("kB3-token"));
        }

        [Test]
        public void ALetterThatNeedsCtrlAndAltIsALetter()
        {
            Begin("");
            Devices.Press("<Keyboard>/leftCtrl");
            Devices.Press("<Keyboard>/rightAlt");
            Frame();
            Devices.Type("@");
            Frame();
            Assert.That(_text, Is.EqualTo("@"));
        }

        [Test]
        public void ArrowsAreNoLetters()
        {
            Begin("");
            Devices.Type("a\uf700\uf703b");
            Frame();
            Assert.That(_text, Is.EqualTo("ab"));
        }

        [Test]
        public void AKeyboardThatIsPutAwayEntersNothing()
        {
            Machine.Platform = RuntimePlatform.Android;
            Begin("old");
            Devices.TypeOnShown("half", TouchScreenKeyboard.Status.Visible);
            Frame();
            Devices.TypeOnShown("half", TouchScreenKeyboard.Status.Canceled);
            Frame();
            Assert.That(_entered, Is.False);
            Assert.That(_input.IsOn, Is.False);
            Assert.That(_text, Is.EqualTo("half"));
        }

        void Begin(string text)
        {
            _entered = false;
            _input.Begin(text, now => _text = now, () => _entered = true);
        }

        void Frame()
        {
            Player.Frame();
            _input.Update();
        }
    }
}
