using System;
using System.Linq;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>The headset of a stage, and its controllers, which tests move about the room.
    /// </summary>
    public sealed class Hands
    {
        public const string Left = "<XRController>{LeftHand}/";
        public const string Right = "<XRController>{RightHand}/";

        readonly Stage _stage;

        public Hands(Stage stage)
        {
            _stage = stage;
        }

        /// <summary>Puts the headset on; hands are not there yet.</summary>
        public void PutOn()
        {
            Headset.IsPresent = true;
            Devices.Set("<XRHMD>/centerEyePosition", new Vector3(0, 1.6f, 0));
            Devices.Set("<XRHMD>/centerEyeRotation", Quaternion.identity);
            Devices.Set("<XRHMD>/trackingState", 3);
            _stage.Tap("<Keyboard>/v");
            _stage.Frames(5);
        }

        /// <summary>Puts a hand at a point of the room, pointing to another one.</summary>
        public void Point(string hand, Vec3 from, Vec3 to)
        {
            RigidPose zero = _stage.Walk.Body.Headset.InRoom(new RigidPose(
                new Vec3(0, 0, 0), Rotations.None));
            Vec4 back = zero.Rotation.Inverse();
            Vec3 at = UnitySpace.Convert(back.Turn(from.Minus(zero.Position)));
            Vec3 along = UnitySpace.Convert(back.Turn(to.Minus(from)));
            Devices.Set(hand + "isTracked", 1f);
            Devices.Set(hand + "pointerPosition", Plain(at));
            Devices.Set(hand + "pointerRotation", Quaternion.LookRotation(Plain(along)));
            _stage.Frames(2);
        }

        public void Press(string hand, string button)
        {
            Devices.Set(hand + "{" + button + "}", 1f);
            _stage.Frames(2);
        }

        public void Release(string hand, string button)
        {
            Devices.Set(hand + "{" + button + "}", 0f);
            _stage.Frames(2);
        }

        /// <summary>The eyes in the room.</summary>
        public Vec3 Eyes
        {
            get { return _stage.Walk.Body.Rig.Eyes.Position; }
        }

        /// <summary>The photograph's or the shelf's wall.</summary>
        public PlacedWall Wall(WallKind kind)
        {
            return _stage.Walk.Room.Walls.All.Single(one => one.Kind == kind);
        }

        static Vector3 Plain(Vec3 v)
        {
            return new Vector3((float)v.X, (float)v.Y, (float)v.Z);
        }
    }
}
