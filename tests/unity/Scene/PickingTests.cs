using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;

namespace Layerwalk.Tests
{
    /// <summary>What a ray meets.</summary>
    [TestFixture]
    public sealed class PickingTests
    {
        static readonly Panel Eleven = new Panel(
            16, 11, 3, 4, new Vec2(0.1, 1.52), new Vec2(0.4, 0.3));

        [Test]
        public void TilesAreFoundInTheirMiddlesAndNothingInGapsOrBehindTheLast()
        {
            for (long tile = 16; tile < 27; tile++)
            {
                WallRect rect = TilePlace.RectOf(Eleven, tile);
                TilePlace found = TilePlace.At(
                    Eleven, rect.Left + rect.Width / 4, rect.Top - rect.Height / 10);
                Assert.That(found.Tile, Is.EqualTo(tile));
                Assert.That(found.U, Is.EqualTo(0.25).Within(1e-9));
                Assert.That(found.V, Is.EqualTo(0.1).Within(1e-9));
                double middle = rect.Bottom + rect.Height / 2;
                Assert.That(TilePlace.At(Eleven, rect.Right + 0.005, middle).Tile,
                    Is.EqualTo(-1));
            }
            WallRect after = TilePlace.RectOf(Eleven, 27);
            double x = after.Left + after.Width / 2, y = after.Bottom + after.Height / 2;
            Assert.That(TilePlace.At(Eleven, x, y).Tile, Is.EqualTo(-1));
            Assert.That(TilePlace.RectOf(Eleven, 17).Left,
                Is.GreaterThan(TilePlace.RectOf(Eleven, 16).Right));
            Assert.That(TilePlace.RectOf(Eleven, 20).Top,
                Is.LessThan(TilePlace.RectOf(Eleven, 16).Bottom));
        }

        [Test]
        public void ARayToATileMeetsItWhereverTheStationWasMoved()
        {
            var near = new Near(6);
            var placement = new Placement();
            Walls walls = Rooms.Built(Rooms.Of(Rooms.Station("a", -4)), placement);
            for (int i = 0; i < 50; i++)
            {
                double scale = near.Between(0.3, 3);
                var pose = new StationPose(
                    new Vec3(near.Between(-5, 5), 0, near.Between(20, 30)),
                    Rotations.AboutY(near.Between(-3, 3)), scale);
                placement.Set("a", pose);
                walls.Place(placement);
                PlacedWall wall = walls.All[1]; // both stand in one place, the first hides it
                WallRect rect = TilePlace.RectOf(wall.Panels[0], 6);
                Vec3 target = wall.Frame.PointOf(
                    rect.Left + rect.Width * 0.3, rect.Top - rect.Height * 0.8);
                Vec3 eye = wall.Frame.PointOf(near.Between(-1, 1), 1.5, near.Between(0.5, 4));
                var only = new[] { wall };
                var ray = new PointerRay(eye, target.Minus(eye).Direction());
                Hit hit = Picking.Pick(ray, only, null);
                Assert.That(hit.Kind, Is.EqualTo(HitKind.Tile));
                Assert.That(hit.Station, Is.EqualTo("a"));
                Assert.That(hit.Wall.Index, Is.EqualTo(1));
                Assert.That(hit.Tile.Tile, Is.EqualTo(6));
                Assert.That(hit.Tile.U, Is.EqualTo(0.3).Within(1e-6));
                Assert.That(hit.Tile.V, Is.EqualTo(0.8).Within(1e-6));
                Near.Same(hit.Point, target, 1e-6);
                Assert.That(hit.DistanceM, Is.EqualTo(eye.DistanceTo(target)).Within(1e-6));
            }
        }

        [Test]
        public void TheNearestWallIsMetAndABackHidesWhatIsBehindIt()
        {
            Room room = Rooms.Of(Rooms.Station("near", -4), Rooms.Station("far", -4));
            var placement = new Placement();
            Walls walls = Rooms.Built(room, placement);
            Frame wall = walls.All[0].Frame;
            Vec3 offset = wall.Z.Times(1.2);
            placement.Set("near", Moved(offset, 0));
            walls.Place(placement);
            var ray = new PointerRay(wall.PointOf(0, 0.5, 4), wall.Z.Times(-1));
            Assert.That(Picking.Pick(ray, walls.All, null).Station, Is.EqualTo("near"));
            placement.Set("near", Behind(walls.All[0].Home));
            walls.Place(placement);
            Hit hit = Picking.Pick(ray, walls.All, null);
            Assert.That(hit.Kind, Is.EqualTo(HitKind.Nothing));
            Assert.That(hit.Station, Is.EqualTo("near"));
        }

        [Test]
        public void FloorBoardPhotographAndSkyAreMetToo()
        {
            Room room = Rooms.Of();
            Walls walls = Rooms.Built(room, new Placement());
            var eye = new Vec3(0, 1.6, -40);
            Hit floor = Picking.Pick(PointerRay.Of(Eyes(eye, 0, -0.7)), walls.All, room.Board);
            Assert.That(floor.Kind, Is.EqualTo(HitKind.Floor));
            Assert.That(floor.Point.Y, Is.EqualTo(0));
            Hit sky = Picking.Pick(PointerRay.Of(Eyes(eye, 0, 0.7)), walls.All, room.Board);
            Assert.That(sky.Kind, Is.EqualTo(HitKind.Nothing));
            Hit board = Picking.Pick(PointerRay.Of(Eyes(eye, 0, 0)), walls.All, room.Board);
            Assert.That(board.Kind, Is.EqualTo(HitKind.Board));
            Assert.That(board.DistanceM, Is.EqualTo(20).Within(1e-9));
            Frame picture = Frame.Of(room.Photograph);
            var to = new PointerRay(picture.PointOf(0, 1, 2), picture.Z.Times(-1));
            Assert.That(Picking.Pick(to, walls.All, null).Kind, Is.EqualTo(HitKind.Photograph));
        }

        static RigidPose Eyes(Vec3 at, double yaw, double pitch)
        {
            return new RigidPose(at, Rotations.Looking(yaw, pitch));
        }

        static StationPose Moved(Vec3 by, double yaw)
        {
            return new StationPose(
                new Vec3(0, 0, -4).Plus(by), Rotations.AboutY(yaw), 1);
        }

        // A place where a wall stands 1.2 m before its home, turned round.
        static StationPose Behind(Frame home)
        {
            Vec4 turn = Rotations.AboutY(Math.PI);
            Vec3 foot = turn.Turn(home.Origin.Minus(new Vec3(0, 0, -4)));
            return new StationPose(
                home.PointOf(0, 0, 1.2).Minus(foot), turn, 1);
        }
    }
}
