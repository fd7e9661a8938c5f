using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>Stations where the shared document has them.</summary>
    [TestFixture]
    public sealed class PlacementTests
    {
        static readonly Station Conv = Rooms.Station("conv", -8);

        [Test]
        public void PointsGoToPositionPlusRotationOfScaledOffset()
        {
            var placement = new Placement();
            placement.SetStations(new[] { Conv });
            Frame home = Frame.Of(Conv.Walls[0]);
            Vec3 p = home.PointOf(0.5, 1.2);
            var pose = new StationPose(new Vec3(1, 0.5, -4), Rotations.AboutY(0.6), 1.4);
            placement.SetValue("conv", pose.ToValue());
            double x = p.X * 1.4, y = p.Y * 1.4, z = (p.Z + 8) * 1.4;
            double s = Math.Sin(0.6), c = Math.Cos(0.6);
            var expected = new Vec3(1 + c * x + s * z, 0.5 + y, -4 - s * x + c * z);
            Near.Same(placement.Moved(home, "conv").PointOf(0.5, 1.2), expected);
            Near.Same(placement.Moved(p, "conv"), expected);
            Assert.That(placement.Moved(home, "conv").Scale, Is.EqualTo(1.4).Within(1e-12));
        }

        [Test]
        public void PathsBendWithTheStationTheyEndAt()
        {
            var placement = new Placement();
            placement.SetStations(new[] { Conv });
            var path = new[] { new Vec3(0, 4, 0), new Vec3(0, 4, -2), new Vec3(0, 4, -8) };
            Assert.That(placement.Bent(path, "start", "conv"), Is.SameAs(path));
            StationPose home = placement.PoseOf("conv");
            placement.Set("conv", new StationPose(
                home.Position.Plus(new Vec3(4, 0, 0)), home.Rotation, home.Scale));
            Vec3[] bent = placement.Bent(path, "start", "conv");
            Near.Same(bent[0], path[0]);
            Near.Same(bent[1], new Vec3(1, 4, -2)); // a quarter of the way
            Near.Same(bent[2], new Vec3(4, 4, -8));
            Near.Same(placement.Bent(path, "conv", "end")[1], new Vec3(3, 4, -2));
        }

        [Test]
        public void AMovedStationStandsAsItWasPutHoweverTheLayoutTurnsIt()
        {
            var pose = new StationPose(new Vec3(1, 0.5, -4), Rotations.AboutY(0.6), 1.4);
            Frame first = default(Frame);
            foreach (double yaw in new[] { 0, 1.2, -2.5 })
            {
                Frame home = Frame.Upright(new Vec3(5, 0, -9), yaw);
                var station = new Station(
                    "conv", new[] { "conv" }, "conv", "conv", "8", "", home.Origin,
                    new Layerwalk.Protocol.Wall[0], StationRole.Plain, "", yawRad: yaw);
                var placement = new Placement();
                placement.SetStations(new[] { station });
                Near.Same(placement.PoseOf("conv").Rotation.Turn(new Vec3(0, 0, 1)), home.Z);
                placement.Set("conv", pose);
                Frame wall = Frame.Upright(home.PointOf(-2, 0.06), 0.9 + yaw);
                Frame moved = placement.Moved(wall, "conv");
                first = yaw == 0 ? moved : first;
                Near.Same(moved.Origin, first.Origin);
                Near.Same(moved.X, first.X);
                Near.Same(moved.Z, first.Z);
                Near.Same(placement.Turned(wall.Z, "conv"), first.Z.Times(1 / 1.4));
            }
        }

        [Test]
        public void WhatNobodyMovedAndWhatBelongsToNoStationStaysAtHome()
        {
            var placement = new Placement();
            placement.SetStations(new[] { Conv });
            var point = new Vec3(1, 2, 3);
            Near.Same(placement.Moved(point, "conv"), point);
            placement.Set("conv", new StationPose(new Vec3(9, 0, 9), Rotations.None, 1));
            Near.Same(placement.Moved(point, ""), point);
            Near.Same(placement.Moved(point, "elsewhere"), point);
            placement.SetValue("conv", null);
            Near.Same(placement.Moved(point, "conv"), point);
            Near.Same(placement.PoseOf("conv").Position, Conv.OriginM);
        }

        [Test]
        public void WhatIsNoTransformLeavesAStationAtHome()
        {
            var bad = new object[]
            {
                null, 3L, "conv", new object[0],
                With("position_m", new object[] { 1.0, 2.0 }),
                With("position_m", new object[] { 1.0, double.NaN, 0.0 }),
                With("rotation", new object[] { 0.0, 0.0, 0.0 }),
                With("scale", 0.0), With("scale", 1e9), With("scale", "large"),
            };
            foreach (object value in bad)
            {
                StationPose pose;
                Assert.That(StationPose.TryRead(value, out pose), Is.False, "" + value);
            }
            StationPose good;
            Assert.That(StationPose.TryRead(With("scale", 2L), out good), Is.True);
            Assert.That(good.Scale, Is.EqualTo(2));
        }

        [Test]
        public void TheDocumentGivesBackWhatWasWritten()
        {
            var near = new Near(4);
            var pose = new StationPose(near.Point(), near.Rotation(), 1.7);
            var document = new Map<object>.Builder().Set("conv", pose.ToValue()).Build();
            var placement = new Placement();
            placement.SetStations(new[] { Conv });
            placement.SetDocument(document);
            Vec3 p = near.Point();
            Near.Same(placement.Moved(p, "conv"), pose.Moved(p, Conv.OriginM));
            placement.SetDocument(null);
            Assert.That(placement.IsMoved("conv"), Is.False);
        }

        [Test]
        public void BothWallsOfAStationMoveAndOthersStay()
        {
            var placement = new Placement();
            Room room = Rooms.Of(Conv, Rooms.Station("next", -11));
            Walls walls = Rooms.Built(room, placement);
            int version = walls.Version;
            placement.Set("conv", new StationPose(new Vec3(3, 0, -8), Rotations.None, 1));
            walls.Place(placement);
            Assert.That(walls.Version, Is.GreaterThan(version));
            Assert.That(walls.All.Length, Is.EqualTo(6)); // with photograph and shelf
            for (int i = 0; i < walls.All.Length; i++)
            {
                Vec3 by = walls.All[i].Frame.Origin.Minus(walls.All[i].Home.Origin);
                Near.Same(by, new Vec3(i < 2 ? 3 : 0, 0, 0));
            }
        }

        [Test]
        public void TextsLieReadableOrStandFacingWhoReadsThem()
        {
            Frame flat = Frame.Flat(new Vec3(1, 0, 2));
            Near.Same(flat.PointOf(0, 1), new Vec3(1, 0, 1)); // its upper edge lies ahead
            Frame upright = Frame.Upright(new Vec3(0, 0, 0), 0.9);
            Near.Same(upright.Z, new Vec3(Math.Sin(0.9), 0, Math.Cos(0.9)));
            Near.Same(upright.X, new Vec3(Math.Cos(0.9), 0, -Math.Sin(0.9)));
        }

        static Map<object> With(string key, object value)
        {
            return new Map<object>.Builder()
                .Set("position_m", new object[] { 1.0, 2L, -3.0 }).Set(key, value).Build();
        }
    }
}
