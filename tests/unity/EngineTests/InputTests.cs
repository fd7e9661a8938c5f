using System;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.InputSystem;
using UnityEngine.InputSystem.XR;

namespace UnityDouble.Tests
{
    /// <summary>Keys, sticks and tracked hands.</summary>
    [TestFixture]
    public sealed class InputTests : Running
    {
        [Test]
        public void WhatIsPressedArrivesWithTheNextFrame()
        {
            InputAction jump = new InputAction("jump", InputActionType.Button, "<Keyboard>/space");
            int performed = 0;
            jump.performed += context => performed++;
            jump.Enable();
            Devices.Press("<Keyboard>/space");
            Assert.That(jump.IsPressed(), Is.False);
            Player.Frame();
            Assert.That(
                jump.IsPressed() && jump.WasPressedThisFrame()
                    && Keyboard.current[Key.Space].wasPressedThisFrame);
            Player.Frame();
            Assert.That(jump.IsPressed() && !jump.WasPressedThisFrame());
            Devices.Release("<Keyboard>/space");
            Player.Frame();
            Assert.That(!jump.IsPressed() && jump.WasReleasedThisFrame());
            Assert.That(performed, Is.EqualTo(1));
            jump.Dispose();
            Assert.That(Devices.EnabledActions, Is.EqualTo(0));
        }

        [Test]
        public void DisabledActionsReadNothing()
        {
            InputAction move = new InputAction(
                "move", InputActionType.Value, "<XRController>{LeftHand}/thumbstick");
            Devices.Set("<XRController>{LeftHand}/thumbstick", Vector2.up);
            Player.Frame();
            Assert.That(move.ReadValue<Vector2>(), Is.EqualTo(Vector2.zero));
            move.Enable();
            Player.Frame();
            Assert.That(move.ReadValue<Vector2>(), Is.EqualTo(Vector2.up));
            Assert.Throws<InvalidOperationException>(() => move.ReadValue<float>());
            Assert.Throws<InvalidOperationException>(() => move.AddBinding("<Mouse>/delta"));
            move.Disable();
            Assert.That(move.ReadValue<Vector2>(), Is.EqualTo(Vector2.zero));
        }

        [Test]
        public void KeysMakeOneWayNoFasterThanAStick()
        {
            InputAction move = new InputAction("move");
            move.AddCompositeBinding("2DVector").With("Up", "<Keyboard>/w").With(
                "Right", "<Keyboard>/d");
            move.Enable();
            Devices.Press("<Keyboard>/w");
            Devices.Press("<Keyboard>/d");
            Player.Frame();
            Assert.That(move.ReadValue<Vector2>(), Is.EqualTo(new Vector2(1f, 1f).normalized));
            Devices.Release("<Keyboard>/w");
            Player.Frame();
            Assert.That(move.ReadValue<Vector2>(), Is.EqualTo(Vector2.right));
        }

        [Test]
        public void MovementOfTheMouseIsThatOfAFrame()
        {
            Devices.Set("<Mouse>/delta", new Vector2(3f, 4f));
            Devices.Set("<Mouse>/position", new Vector2(30f, 40f));
            Player.Frame();
            Assert.That(Mouse.current.delta.ReadValue(), Is.EqualTo(new Vector2(3f, 4f)));
            Player.Frame();
            Assert.That(Mouse.current.delta.ReadValue(), Is.EqualTo(Vector2.zero));
            Assert.That(Mouse.current.position.ReadValue(), Is.EqualTo(new Vector2(30f, 40f)));
            Devices.HasMouse = false;
            Assert.That(Mouse.current, Is.Null);
        }

        [Test]
        public void TextIsTypedLetterByLetter()
        {
            string typed = "";
            Keyboard.current.onTextInput += letter => typed += letter;
            Devices.Type("ok");
            Assert.That(typed, Is.Empty);
            Player.Frame();
            Assert.That(typed, Is.EqualTo("ok"));
        }

        [Test]
        public void WhatIsNotTrackedStaysWhereItIs()
        {
            TrackedPoseDriver driver = Add<TrackedPoseDriver>();
            driver.enabled = false;
            driver.positionInput = new InputActionProperty(
                new InputAction("p", InputActionType.Value, "<XRHMD>/centerEyePosition"));
            driver.rotationInput = new InputActionProperty(
                new InputAction("r", InputActionType.Value, "<XRHMD>/centerEyeRotation"));
            driver.trackingStateInput = new InputActionProperty(
                new InputAction("s", InputActionType.Value, "<XRHMD>/trackingState"));
            Vector3 preset = new Vector3(0f, 1.65f, 0f), there = new Vector3(0f, 1.2f, 0f);
            driver.transform.localPosition = preset;
            driver.enabled = true;
            Player.Frame(); // before there is a headset
            Assert.That(driver.transform.localPosition, Is.EqualTo(preset));
            Devices.Set("<XRHMD>/trackingState", 0);
            Devices.Set("<XRHMD>/centerEyePosition", Vector3.zero);
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.Euler(0f, 90f, 0f));
            Player.Frame();
            Assert.That(driver.transform.localPosition, Is.EqualTo(preset));
            Assert.That(driver.transform.localRotation, Is.EqualTo(Quaternion.identity));
            Devices.Set("<XRHMD>/centerEyePosition", there);
            Devices.Set("<XRHMD>/trackingState", 1); // of a place, but not of an angle
            Player.Frame();
            Assert.That(driver.transform.localPosition, Is.EqualTo(there));
            Assert.That(driver.transform.localRotation, Is.EqualTo(Quaternion.identity));
            Devices.Set("<XRHMD>/trackingState", 0);
            Devices.Set("<XRHMD>/centerEyePosition", Vector3.zero);
            Player.Frame();
            Assert.That(driver.transform.localPosition, Is.EqualTo(there));
            driver.ignoreTrackingState = true;
            Player.Frame();
            Assert.That(driver.transform.localPosition, Is.EqualTo(Vector3.zero));
            Assert.That(driver.transform.forward == Vector3.right);
        }

        [Test]
        public void TrackedPosesFollowTheirActions()
        {
            TrackedPoseDriver driver = Add<TrackedPoseDriver>();
            driver.enabled = false;
            driver.positionInput = new InputActionProperty(
                new InputAction("p", InputActionType.Value, "<XRHMD>/centerEyePosition"));
            driver.rotationInput = new InputActionProperty(
                new InputAction("r", InputActionType.Value, "<XRHMD>/centerEyeRotation"));
            driver.enabled = true;
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(0f, 1.6f, 0f));
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.Euler(0f, 90f, 0f));
            Player.Frame();
            Assert.That(driver.transform.localPosition, Is.EqualTo(new Vector3(0f, 1.6f, 0f)));
            Assert.That(driver.transform.forward == Vector3.right);
            UnityEngine.Object.Destroy(driver.gameObject);
            Player.Frame();
            Assert.That(Devices.EnabledActions, Is.EqualTo(0));
        }
    }
}
