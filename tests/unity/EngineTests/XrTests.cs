using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.XR;
using UnityEngine.XR.Management;

namespace UnityDouble.Tests
{
    /// <summary>A headset that is there, or is not.</summary>
    [TestFixture]
    public sealed class XrTests : Running
    {
        [Test]
        public void WithoutHeadsetThereIsNoLoader()
        {
            XRManagerSettings manager = XRGeneralSettings.Instance.Manager;
            manager.InitializeLoaderSync();
            Assert.That(manager.activeLoader == null);
            Assert.That(manager.isInitializationComplete, Is.False);
            Assert.That(Player.Complaints, Is.Empty);
            manager.StartSubsystems();
            Assert.That(Player.Complaints.Count, Is.EqualTo(1));
            Headset.IsConfigured = false;
            Assert.That(XRGeneralSettings.Instance == null);
        }

        [Test]
        public void HeadsetsStartAndStop()
        {
            Headset.IsPresent = true;
            XRManagerSettings manager = XRGeneralSettings.Instance.Manager;
            manager.InitializeLoaderSync();
            manager.StartSubsystems();
            List<XRInputSubsystem> found = new List<XRInputSubsystem>();
            SubsystemManager.GetSubsystems(found);
            Assert.That(found.Single().TrySetTrackingOriginMode(TrackingOriginModeFlags.Floor));
            Assert.That(Headset.Origin, Is.EqualTo(TrackingOriginModeFlags.Floor));
            Assert.That(XRSettings.isDeviceActive);
            Assert.That(
                InputDevices.GetDeviceAtXRNode(XRNode.LeftHand).SendHapticImpulse(0, 0.5f, 0.1f));
            Assert.That(Headset.Buzzes.Single().Item1, Is.EqualTo(XRNode.LeftHand));
            manager.DeinitializeLoader();
            SubsystemManager.GetSubsystems(found);
            Assert.That(found, Is.Empty);
            Assert.That(manager.activeLoader == null);
            Assert.That(Player.Complaints, Is.Empty);
            Player.Quit();
            Assert.That(Living.All, Is.Empty);
        }
    }
}
