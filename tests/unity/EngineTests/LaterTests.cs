using System;
using System.Collections;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>Coroutines, await and the clock.</summary>
    [TestFixture]
    public sealed class LaterTests : Running
    {
        [Test]
        public void CoroutinesGoOnAfterUpdateOnceAFrame()
        {
            Probe probe = Add<Probe>();
            probe.StartCoroutine(Steps());
            Assert.That(Probe.Calls.Last(), Is.EqualTo("one"));
            Player.Frame();
            Assert.That(Probe.Said, Is.StringEnding("Update two LateUpdate"));
            Player.Frame(0.4f);
            Assert.That(Probe.Calls, Has.No.Member("three"));
            Player.Frame(0.7f);
            Assert.That(Probe.Calls, Has.Member("three"));
            Assert.That(Probe.Calls, Has.No.Member("last"));
            Player.Frame();
            Assert.That(Probe.Calls, Has.Member("last"));
        }

        [Test]
        public void CoroutinesEndWithTheirObject()
        {
            Probe probe = Add<Probe>();
            probe.StartCoroutine(Steps());
            probe.gameObject.SetActive(false);
            probe.gameObject.SetActive(true);
            Player.Frame();
            Assert.That(Probe.Calls, Has.No.Member("two"));
        }

        [Test]
        public void ExceptionsOfCoroutinesAreLogged()
        {
            Add<Probe>().StartCoroutine(Fails());
            Player.Frame();
            Player.Frame();
            Assert.That(Player.Complaints.Single().Message, Is.StringContaining("in a coroutine"));
        }

        [Test]
        public void WhatIsAwaitedGoesOnInTheEnginesThread()
        {
            Thread own = Thread.CurrentThread;
            Thread then = null;
            Task work = Task.Run(() => 1);
            Func<Task> waits = async () =>
            {
                await work;
                then = Thread.CurrentThread;
            };
            Task all = waits();
            while (!all.IsCompleted)
            {
                work.Wait();
                Player.Frame();
            }
            Assert.That(then, Is.SameAs(own));
        }

        [Test]
        public void TimeStandsStillWithinAFrame()
        {
            Player.Frame(0.25f);
            Time.timeScale = 0.5f;
            Player.Frame(0.5f);
            Assert.That(Time.frameCount, Is.EqualTo(2));
            Assert.That(Time.unscaledTimeAsDouble, Is.EqualTo(0.75));
            Assert.That(Time.timeAsDouble, Is.EqualTo(0.5));
            Assert.That(Time.deltaTime, Is.EqualTo(0.25f));
            Assert.That(Time.unscaledDeltaTime, Is.EqualTo(0.5f));
        }

        [Test]
        public void ANewRunForgetsTheOlderOne()
        {
            GameObject thing = new GameObject("thing");
            PlayerPrefs.SetString("bridge", "tcp://somewhere");
            Debug.LogError("old");
            Player.Begin(Player.Folder);
            Assert.That(thing == null);
            Assert.That(PlayerPrefs.HasKey("bridge"), Is.False);
            Assert.That(Player.Log, Is.Empty);
            Assert.That(Time.frameCount, Is.EqualTo(0));
        }

        [Test]
        public void WhoListensOnIsNamed()
        {
            Action listens = Probe.Calls.Clear;
            Application.quitting += listens;
            Application.onBeforeRender += ThrowsBeforeRender;
            Assert.That(Living.Listeners.Count, Is.EqualTo(2));
            Assert.That(
                Living.Listeners,
                Has.Member("Application.onBeforeRender: LaterTests.ThrowsBeforeRender"));
            Player.Frame();
            Assert.That(
                Player.Complaints.Single().Message, Is.StringContaining("before the picture"));
            Application.quitting -= listens;
            Application.onBeforeRender -= ThrowsBeforeRender;
            Assert.That(Living.Listeners, Is.Empty);
        }

        [Test]
        public void QuittingCanBeRefused()
        {
            Func<bool> refuses = () => false;
            Application.wantsToQuit += refuses;
            Application.Quit(3);
            Assert.That(Player.ExitCode, Is.Null);
            Application.wantsToQuit -= refuses;
            Application.Quit(3);
            Assert.That(Player.ExitCode, Is.EqualTo(3));
        }

        static void ThrowsBeforeRender()
        {
            throw new InvalidOperationException("before the picture");
        }

        static IEnumerator Steps()
        {
            Probe.Calls.Add("one");
            yield return null;
            Probe.Calls.Add("two");
            yield return new WaitForSeconds(1f);
            Probe.Calls.Add("three");
            yield return Inner();
            Probe.Calls.Add("last");
        }

        static IEnumerator Inner()
        {
            yield return null;
        }

        static IEnumerator Fails()
        {
            yield return null;
            throw new InvalidOperationException("in a coroutine");
        }
    }
}
