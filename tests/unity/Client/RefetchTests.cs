using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;
using UnityEngine.Rendering;

namespace Layerwalk.Tests
{
    /// <summary>A network whose maps are larger than the memory for them.</summary>
    [TestFixture]
    public sealed class RefetchTests
    {
        WalkBridge _bridge;
        Stage _stage;

        [TestFixtureSetUp]
        public void Serve()
        {
            _bridge = WalkBridge.Wide();
        }

        [TestFixtureTearDown]
        public void End()
        {
            _bridge.Dispose();
        }

        [SetUp]
        public void Open()
        {
            _stage = new Stage(_bridge.Address);
            _stage.Walk.Settings.BudgetMiB = 16; // less than can be chosen: two whole maps
            _stage.Walk.Connect();
            _stage.Frames(1); // begins anew
            _stage.UntilLit();
        }

        [TearDown]
        public void Close()
        {
            _stage.Dispose();
        }

        [Test]
        public void WhatWasGivenBackComesAgainWhenItIsInSightAgain()
        {
            long run = _stage.State.Run.Id;
            string near = GoTo(0);
            _stage.Until(() => IsWhole(near), "the first wall is whole");
            string far = GoTo(Layers.Count - 1);
            _stage.Until(() => IsWhole(far), "the last wall is whole");
            Assert.That(IsWhole(near), Is.False); // there is no room for both
            int before = _stage.Walk.Refetch.Connections;
            GoTo(0);
            _stage.Until(() => IsWhole(near), "the first wall is whole again");
            Assert.That(_stage.State.Run.Id, Is.EqualTo(run)); // no new image brought it
            Assert.That(_stage.Walk.Refetch.Connections, Is.GreaterThan(before));
            _stage.Until(() => !_stage.Walk.Refetch.Busy, "its connection ends");
            Assert.That(Residents.HeldBytes, Is.LessThanOrEqualTo(16 << 20));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WhatTheDeviceLostIsShownAgain()
        {
            string near = GoTo(0);
            _stage.Until(() => IsWhole(near), "the first wall is whole");
            _stage.Frames(40);
            var texture = (RenderTexture)_stage.Walk.Room.Activations.Atlas.Slices;
            texture.Release(); // as a device that is lost does
            _stage.Frames(1);
            _stage.Until(() => IsWhole(near) && !Residents.Waiting, "it is whole again");
            Assert.That(texture.IsCreated(), Is.True);
            AtlasPlace place = Residents.Get(near).Shown.Places[0];
            AsyncGPUReadbackRequest read = AsyncGPUReadback.Request(texture);
            read.WaitForCompletion();
            byte[] page = read.GetData<byte>(place.Slice).ToArray();
            Assert.That(page, Is.EqualTo(Residents.Get(near).Held.Page(0, 0).ToArray()));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void WhereTheDeviceHasLessRoomTheNearestHasDetailAndItIsSaid()
        {
            Machine.LargestTarget = 10 << 20;
            GoTo(0);
            string far = GoTo(Layers.Count - 1);
            _stage.Until(() => _stage.State.Notice.Contains("has no room for"), "the words");
            _stage.Until(() => IsWhole(far), "the wall is whole");
            Assert.That(_stage.Walk.Room.Activations.Atlas.Depth, Is.LessThanOrEqualTo(10));
            Assert.That(Player.Complaints.Select(line => line.Message),
                Is.All.StringContaining("RenderTexture.Create failed"));
        }

        [Test]
        public void OverAndOverAgain()
        {
            string[] ends = { GoTo(0), GoTo(Layers.Count - 1) };
            for (int i = 0; i < 3; i++)
            {
                GoTo(i % 2 == 0 ? 0 : Layers.Count - 1);
                _stage.Until(() => IsWhole(ends[i % 2]), "wall " + i);
            }
        }

        [Test]
        public void WhoGoesToAndFroDoesNotConnectWheneverSomethingElseIsInSight()
        {
            string[] ends = { GoTo(0), GoTo(Layers.Count - 1) };
            VisitorPose[] poses = Array.ConvertAll(ends, layer => new VisitorPose(
                _stage.Walk.Room.Walls.All.First(wall => wall.Layer == layer)
                    .Frame.PointOf(0, 1.2, 0.4),
                _stage.Walk.Body.Mode.Destination.Yaw, 0, 1));
            int before = _stage.Walk.Refetch.Connections;
            double beganS = Time.unscaledTimeAsDouble;
            for (int i = 0; i < 40; i++)
            {
                _stage.Walk.Body.Mode.Place(poses[i % 2]);
                for (int frame = 0; frame < 12; frame++)
                {
                    _stage.Frames(1);
                    System.Threading.Thread.Sleep(2); // a message comes meanwhile
                }
            }
            double seconds = Time.unscaledTimeAsDouble - beganS;
            Assert.That(_stage.Walk.Refetch.Connections - before,
                Is.InRange(1, (int)(seconds / 0.5) + 1));
        }

        [Test]
        public void AConnectionThatCannotBeMadeIsSaidAndTriedAgain()
        {
            string near = GoTo(0);
            _stage.Until(() => IsWhole(near), "the first wall is whole");
            string far = GoTo(Layers.Count - 1);
            _stage.Until(() => IsWhole(far), "the last wall is whole");
            BridgeAddress right = _stage.Walk.Session.Address;
            SetAddress(new BridgeAddress("nowhere", "", ""));
            GoTo(0);
            _stage.Until(() => _stage.State.Notice.Contains("nowhere"), "the words");
            Assert.That(_stage.Walk.Refetch.Busy, Is.False);
            SetAddress(right);
            _stage.Until(() => IsWhole(near), "the first wall is whole again");
            _stage.ComplainsOfNothing();
        }

        // As if it were no address any more, while the connection to it goes on.
        void SetAddress(BridgeAddress address)
        {
            typeof(Session).GetProperty("Address").SetValue(_stage.Walk.Session, address, null);
        }

        [Test]
        public void WithoutABridgeNothingIsFetched()
        {
            string near = GoTo(0);
            _stage.Until(() => IsWhole(near), "the first wall is whole");
            string far = GoTo(Layers.Count - 1);
            _stage.Until(() => IsWhole(far), "the last wall is whole");
            _bridge.Kill();
            _stage.Until(
                () => _stage.State.Connection == ConnectionState.Lost, "the connection is lost");
            GoTo(0);
            _stage.Frames(30);
            Assert.That(IsWhole(near), Is.False);
            Assert.That(_stage.Walk.Refetch.Busy, Is.False);
            _bridge.StartAgain(); // for the other tests
            _stage.Until(
                () => _stage.State.Connection == ConnectionState.Connected, "the connection");
        }

        Residents Residents
        {
            get { return _stage.Walk.Room.Activations.Residents; }
        }

        // Those of 4 MiB.
        List<string> Layers
        {
            get
            {
                return _stage.State.Room.Stations.Select(one => one.Shown).Where(
                    layer => Residents.Get(layer).Held.Shape.Height == 256).ToList();
            }
        }

        // Before a wall, as near as one tile is.
        string GoTo(int index)
        {
            string layer = Layers[index];
            Walk walk = _stage.Walk;
            walk.Navigator.GoTo(layer);
            _stage.Until(() => !walk.Body.Mode.Moving, "the arrival");
            VisitorPose pose = walk.Body.Mode.Destination;
            PlacedWall wall = walk.Room.Walls.All.First(one => one.Layer == layer);
            walk.Body.Mode.Place(new VisitorPose(
                wall.Frame.PointOf(0, 1.2, 0.4), pose.Yaw, pose.Pitch, pose.Fov));
            _stage.Frames(60);
            return layer;
        }

        bool IsWhole(string layer)
        {
            ResidentLayer resident = Residents.Get(layer);
            return resident.Held.Has(0) && resident.Shown != null && resident.Shown.Finest == 0;
        }
    }
}
