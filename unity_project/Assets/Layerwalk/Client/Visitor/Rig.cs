using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.Rendering.Universal;

namespace Layerwalk.Client
{
    /// <summary>
    /// The visitor's eyes in the engine: a space, which a headset tracks, with a camera in it.
    /// </summary>
    public sealed class Rig : IDisposable
    {
        const float NearM = 0.08f, FarM = 1500;

        readonly GameObject _space, _head;

        public Rig()
        {
            _space = new GameObject("Layerwalk visitor");
            _head = new GameObject("Eyes");
            _head.transform.SetParent(_space.transform, false);
            Camera = _head.AddComponent<Camera>();
            SetUp(Camera);
        }

        public Camera Camera { get; private set; }

        public Transform Space
        {
            get { return _space.transform; }
        }

        /// <summary>
        /// Metres that the tracked space's origin lies above the floor, from which all heights
        /// count elsewhere.
        /// </summary>
        public double RaisedM { get; set; }

        public GameObject Head
        {
            get { return _head; }
        }

        /// <summary>
        /// Makes a camera one for the room, which has neither shadows nor post-processing.
        /// </summary>
        public static UniversalAdditionalCameraData SetUp(Camera camera)
        {
            camera.nearClipPlane = NearM;
            camera.farClipPlane = FarM;
            camera.clearFlags = CameraClearFlags.SolidColor;
            Rgb haze = Palette.Of(Palette.Haze);
            camera.backgroundColor = new Color(haze.R, haze.G, haze.B);
            camera.allowHDR = false; // colours go to the screen as the design has them
            UniversalAdditionalCameraData more = camera.GetUniversalAdditionalCameraData();
            more.renderShadows = false;
            more.renderPostProcessing = false;
            return more;
        }

        /// <summary>Puts the eyes there.</summary>
        public void Place(VisitorPose pose)
        {
            _space.transform.SetPositionAndRotation(Vector3.zero, Quaternion.identity);
            RigidPose eyes = pose.Eyes;
            _head.transform.SetLocalPositionAndRotation(
                Conversions.ToEngine(eyes.Position), Conversions.ToEngine(eyes.Rotation));
            Camera.fieldOfView = (float)pose.Fov;
        }

        /// <summary>Puts the tracked space there; the headset moves the eyes in it.</summary>
        public void Place(TrackedSpace space)
        {
            _space.transform.SetPositionAndRotation(
                Conversions.ToEngine(space.Origin.Plus(new Vec3(0, RaisedM, 0))),
                Conversions.ToEngine(Rotations.AboutY(space.Yaw)));
        }

        /// <summary>The eyes in the room.</summary>
        public RigidPose Eyes
        {
            get
            {
                Transform head = _head.transform;
                return Conversions.ToRoom(head.position, head.rotation);
            }
        }

        /// <summary>The eyes in the tracked space, from the floor on.</summary>
        public RigidPose TrackedEyes
        {
            get
            {
                Transform head = _head.transform;
                return Raised(Conversions.ToRoom(head.localPosition, head.localRotation));
            }
        }

        /// <summary>From the floor on, of what is tracked.</summary>
        public RigidPose Raised(RigidPose tracked)
        {
            return new RigidPose(
                tracked.Position.Plus(new Vec3(0, RaisedM, 0)), tracked.Rotation);
        }

        public void Dispose()
        {
            Materials.Destroy(_space);
        }
    }
}
