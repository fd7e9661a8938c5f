using System;
using System.Linq;
using NUnit.Framework;
using UnityEngine;

namespace UnityDouble.Tests
{
    /// <summary>When objects begin and end, and when they are called.</summary>
    [TestFixture]
    public sealed class LifeTests : Running
    {
        [Test]
        public void AwakeAndOnEnableRunInsideAddComponentAndStartBeforeTheFirstUpdate()
        {
            Add<Probe>();
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable"));
            Player.Frame();
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable Start Update LateUpdate"));
            Player.Frame();
            Assert.That(Probe.Calls.Count(call => call == "Start"), Is.EqualTo(1));
        }

        [Test]
        public void InactiveObjectsWakeWhenTheyBecomeActive()
        {
            GameObject parent = new GameObject("parent");
            parent.SetActive(false);
            GameObject child = new GameObject("child");
            child.transform.SetParent(parent.transform, false);
            child.AddComponent<Probe>();
            Player.Frame();
            Assert.That(Probe.Calls, Is.Empty);
            parent.SetActive(true);
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable"));
            parent.SetActive(false);
            parent.SetActive(true);
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable OnDisable OnEnable"));
        }

        [Test]
        public void SwitchedOffBeforeTheFirstFrameNothingStarts()
        {
            Probe probe = Add<Probe>();
            probe.enabled = false;
            Player.Frame();
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable OnDisable"));
            probe.enabled = true;
            Player.Frame();
            Assert.That(
                Probe.Said,
                Is.EqualTo("Awake OnEnable OnDisable OnEnable Start Update LateUpdate"));
        }

        [Test]
        public void DestroyTakesEffectAtTheEndOfTheFrame()
        {
            Probe probe = Add<Probe>();
            Player.Frame();
            Probe.Calls.Clear();
            UnityEngine.Object.Destroy(probe.gameObject);
            Assert.That(probe != null, "it lives to the end of the frame");
            Player.Frame();
            Assert.That(Probe.Said, Is.EqualTo("Update LateUpdate OnDisable OnDestroy"));
            Assert.That(probe == null);
            Assert.That(!probe);
            Assert.That(probe.Equals(null));
            Assert.That(
                (object)probe != null, "the managed half is there as long as one refers to it");
            Assert.Throws<MissingReferenceException>(() => probe.transform.position = Vector3.zero);
        }

        [Test]
        public void DestroyWithDelayWaits()
        {
            GameObject thing = new GameObject("thing");
            UnityEngine.Object.Destroy(thing, 1f);
            Player.Frame(0.6f);
            Assert.That(thing != null);
            Player.Frame(0.6f);
            Assert.That(thing == null);
        }

        [Test]
        public void DestroyImmediateIsImmediate()
        {
            Probe probe = Add<Probe>();
            UnityEngine.Object.DestroyImmediate(probe);
            Assert.That(probe == null);
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable OnDisable OnDestroy"));
            Player.Frame();
            Assert.That(Probe.Calls.Count, Is.EqualTo(4));
        }

        [Test]
        public void ChildrenEndWithTheirParents()
        {
            GameObject parent = new GameObject("parent");
            Probe child = Add<Probe>("child");
            child.transform.parent = parent.transform;
            UnityEngine.Object.DestroyImmediate(parent);
            Assert.That(child == null);
            Assert.That(World.All<GameObject>(), Is.Empty);
        }

        [Test]
        public void AWholeFamilyIsDisabledBeforeAnyOfItIsDestroyed()
        {
            Probe parent = Add<Probe>("parent");
            Add<Probe>("child").transform.parent = parent.transform;
            Probe.Calls.Clear();
            UnityEngine.Object.DestroyImmediate(parent.gameObject);
            Assert.That(Probe.Said, Is.EqualTo("OnDisable OnDisable OnDestroy OnDestroy"));
        }

        [Test]
        public void WhatAwakeSwitchesOffIsNotEnabled()
        {
            Add<ShyProbe>();
            Player.Frame();
            Assert.That(Probe.Said, Is.EqualTo("Awake"));
        }

        [Test]
        public void CallbacksThatWouldNeverComeAreRefused()
        {
            NotSupportedException thrown =
                Assert.Throws<NotSupportedException>(() => Add<PhysicsProbe>());
            Assert.That(thrown.Message, Is.StringContaining("PhysicsProbe.FixedUpdate"));
        }

        [Test]
        public void TransformsAreNotDestroyedAlone()
        {
            GameObject thing = new GameObject("thing");
            UnityEngine.Object.Destroy(thing.transform);
            Player.Frame();
            Assert.That(thing.transform != null);
            Assert.That(
                Player.Complaints.Single().Message, Is.StringContaining("Can't destroy Transform"));
        }

        [TestCase("Start")]
        [TestCase("Update")]
        [TestCase("OnDestroy")]
        public void ExceptionsAreLoggedAndTheFrameGoesOn(string callback)
        {
            Probe bad = Add<Probe>("bad");
            bad.ThrowIn = callback;
            Add<Probe>("good");
            UnityEngine.Object.Destroy(bad.gameObject);
            Player.Frame();
            LogLine line = Player.Complaints.Single();
            Assert.That(line.Type, Is.EqualTo(LogType.Exception));
            Assert.That(line.Exception, Is.TypeOf<InvalidOperationException>());
            Assert.That(Probe.Calls.Count(call => call == "LateUpdate"), Is.EqualTo(2));
        }

        [Test]
        public void ScriptsWhoseAwakeThrowsAreSwitchedOff()
        {
            BadProbe bad = Add<BadProbe>();
            Player.Frame();
            Assert.That(bad.enabled, Is.False);
            Assert.That(Probe.Calls, Is.Empty, "neither its constructor nor Update came to an end");
            Assert.That(Player.Complaints.Select(line => line.Exception.GetType()), Is.EqualTo(
                new[] { typeof(UnityException), typeof(InvalidOperationException) }));
            Assert.That(Player.Complaints[0].Message, Is.StringContaining("constructor"));
        }

        [Test]
        public void WhatAScriptNeedsIsThereAndWhatMustBeAloneIs()
        {
            BadProbe bad = Add<BadProbe>();
            Assert.That(bad.GetComponent<Camera>() != null);
            Assert.That(bad.gameObject.AddComponent<BadProbe>() == null);
        }

        [Test]
        public void OrderOfExecutionIsKept()
        {
            Add<Probe>();
            Add<EarlyProbe>();
            Player.Frame();
            Assert.That(Probe.Said, Is.EqualTo("Awake OnEnable Start Early Update LateUpdate"));
        }

        [Test]
        public void QuittingTellsThenDisablesThenDestroys()
        {
            Add<Probe>();
            Player.Frame();
            Probe.Calls.Clear();
            Application.quitting += () => Probe.Calls.Add("quitting");
            Player.Quit();
            Assert.That(Probe.Said, Is.EqualTo("quitting OnApplicationQuit OnDisable OnDestroy"));
            Assert.That(Living.All, Is.Empty);
        }

        [Test]
        public void ScriptsMadeByNewAreNull()
        {
            Probe probe = new Probe();
            Assert.That(probe == null);
            Assert.Throws<NullReferenceException>(() => probe.transform.parent = null);
        }

        [Test]
        public void OtherThreadsAreRefused()
        {
            Probe probe = Add<Probe>();
            probe.gameObject.AddComponent<Camera>();
            Mesh mesh = new Mesh();
            Action[] refused =
            {
                () => new GameObject("thing"),
                () => probe.transform.Translate(Vector3.up),
                () => mesh.Clear(),
                () => new Texture2D(1, 1),
                () => new GraphicsBuffer(GraphicsBuffer.Target.Structured, 1, 4),
                () => Shader.Find("Sprites/Default"),
                () => Time.time.ToString(),
                () => Application.persistentDataPath.ToString(),
                () => UnityEngine.Object.Destroy(probe),
                () => probe.GetComponent<Camera>().fieldOfView = 50f,
                () => Screen.width.ToString(),
                () => Cursor.visible = false,
            };
            foreach (Action action in refused)
            {
                Exception thrown = Elsewhere(action);
                Assert.That(thrown, Is.TypeOf<UnityException>());
                Assert.That(thrown.Message, Is.StringContaining("main thread"));
            }
            Assert.That(Elsewhere(() => Debug.Log("allowed")), Is.Null);
            Assert.That(Elsewhere(() => Shader.PropertyToID("_Allowed")), Is.Null);
            Assert.That(Elsewhere(() => Assert.That(probe != null)), Is.Null);
        }
    }
}
