using System;
using System.Linq;
using Layerwalk.Client;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.Tests
{
    /// <summary>Pictures are picked up from the shelf and placed in the input frame.</summary>
    [TestFixture]
    public sealed class CarryingTests : WalkTests
    {
        const string Right = Hands.Right, Left = Hands.Left;

        Hands _hands;
        PlacedWall _shelf, _frame;

        [SetUp]
        public void LookAtTheShelf()
        {
            _stage.Until(() => Shelf.Hung.Count == 6, "the shelf's pictures");
            _hands = new Hands(_stage);
            _shelf = _hands.Wall(WallKind.Shelf);
            _frame = _hands.Wall(WallKind.Photograph);
        }

        [TestCase(Right, "Grip")]
        [TestCase(Left, "Grip")]
        [TestCase(Right, "Trigger")]
        [TestCase(Left, "Trigger")]
        public void APictureThatAHandPicksUpFollowsItSnapsIntoTheFrameAndIsPlaced(
            string side, string button)
        {
            int hand = side == Left ? 0 : 1;
            long before = _stage.State.Run.Id;
            _hands.PutOn();
            string id = PickUp(side, button, 4);
            Assert.That(Carrying.In(hand), Is.EqualTo(id));
            Vec3 at = Carrying.FrameOf(hand).Origin;
            Vec3 hand0 = Hand(side);
            var aside = new Vec3(-0.2, 0.1, -0.3);
            _hands.Point(side, hand0.Plus(aside), hand0.Plus(new Vec3(0, 3, -3)));
            Vec3 moved = Carrying.FrameOf(hand).Origin.Minus(at);
            Assert.That(moved.DistanceTo(aside), Is.LessThan(0.15)); // it also turns to the eyes
            Assert.That(Carrying.FrameOf(hand).Origin.DistanceTo(Hand(side)), Is.LessThan(0.5));
            Assert.That(Carrying.IsSnapped(hand), Is.False);
            // Pointed to, the frame takes it.
            _hands.Point(side, Hand(side), _frame.Frame.PointOf(0.2, 1.4));
            Assert.That(Carrying.IsSnapped(hand), Is.True);
            Vec3 local = _frame.Frame.LocalOf(Carrying.FrameOf(hand).Origin);
            Assert.That(local.X, Is.EqualTo(0).Within(1e-6));
            Assert.That(local.Z, Is.InRange(0.01, 0.1));
            Assert.That(_stage.State.Run.Id, Is.EqualTo(before)); // not before it is let go of
            _hands.Release(side, button);
            Assert.That(Carrying.In(hand), Is.EqualTo(""));
            _stage.Until(() => _stage.State.Run.Picture == id && _stage.State.Run.Complete
                && _stage.State.Run.Id > before, "the run");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void OneThatIsLetGoOfElsewhereIsBackOnTheShelf()
        {
            long before = _stage.State.Run.Id;
            _hands.PutOn();
            int quads = ShelfQuads;
            string id = PickUp(Right, "Grip", 1);
            Assert.That(ShelfQuads, Is.EqualTo(quads - 1)); // its place is empty meanwhile
            Vec3 up = _hands.Eyes.Plus(new Vec3(0, 5, -5));
            _hands.Point(Right, _hands.Eyes.Plus(new Vec3(0.2, -0.3, -0.4)), up);
            Assert.That(Carrying.In(1), Is.EqualTo(id));
            _hands.Release(Right, "Grip");
            Assert.That(Carrying.In(1), Is.EqualTo(""));
            Assert.That(ShelfQuads, Is.EqualTo(quads));
            _stage.Frames(30);
            Assert.That(_stage.State.Run.Id, Is.EqualTo(before));
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AHandThatTouchesAPictureTakesItWhereverItPoints()
        {
            _hands.PutOn();
            Vec3 at = MiddleOf(2).Plus(_shelf.Frame.Z.Times(0.05));
            _hands.Point(Right, at, at.Plus(new Vec3(0, 2, -2)));
            _hands.Press(Right, "Grip");
            Assert.That(Carrying.In(1), Is.EqualTo(Shelf.Hung[2].Id));
            // Brought to the frame by hand, it is there, too.
            Vec3 frame = _frame.Frame.PointOf(0.3, 1.3, 0.15);
            _hands.Point(Right, frame, frame.Plus(new Vec3(0, 2, 2)));
            Assert.That(Carrying.IsSnapped(1), Is.True);
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AHandThatIsLostPutsItBack()
        {
            _hands.PutOn();
            PickUp(Right, "Grip", 0);
            _hands.Point(Right, Hand(Right), _frame.Frame.PointOf(0, 1.4));
            long before = _stage.State.Run.Id;
            Devices.Set(Right + "isTracked", 0f);
            _stage.Frames(20);
            Assert.That(Carrying.In(1), Is.EqualTo(""));
            Assert.That(_stage.State.Run.Id, Is.EqualTo(before));
        }

        [Test]
        public void BothHandsHoldOneEachButNotTheSame()
        {
            _hands.PutOn();
            string first = PickUp(Right, "Grip", 0);
            string other = PickUp(Left, "Grip", 1);
            Assert.That(other, Is.Not.EqualTo(first));
            Assert.That(Carrying.In(0), Is.EqualTo(other));
            Assert.That(Carrying.In(1), Is.EqualTo(first));
            _hands.Release(Left, "Grip");
            _hands.Point(Left, Hand(Left), MiddleOf(0));
            _hands.Press(Left, "Grip");
            Assert.That(Carrying.In(0), Is.EqualTo("")); // that one is in the other hand
        }

        [Test]
        public void WithTheMouseItIsCarriedIntoTheFrameAndAClickPlacesItAtOnce()
        {
            Devices.Set("<Mouse>/position", PixelOf(MiddleOf(3)));
            Devices.Press("<Mouse>/rightButton");
            _stage.Frames(3);
            string id = Shelf.Hung[3].Id;
            Assert.That(Carrying.In(1), Is.EqualTo(id));
            Assert.That(Carrying.IsSnapped(1), Is.False);
            Devices.Set("<Mouse>/position", PixelOf(_frame.Frame.PointOf(0, 1.5)));
            _stage.Frames(3);
            Assert.That(Carrying.IsSnapped(1), Is.True);
            Assert.That(Pictures, Is.EqualTo(3)); // photograph, shelf, and what is held
            Devices.Release("<Mouse>/rightButton");
            _stage.Frames(2);
            Assert.That(Pictures, Is.EqualTo(2));
            _stage.Until(() => _stage.State.Run.Picture == id, "the run");
            Devices.Set("<Mouse>/position", PixelOf(MiddleOf(0)));
            _stage.Frames(2);
            Assert.That(_stage.Walk.Hands.Pointed, Is.StringContaining("right button"));
            _stage.Click();
            _stage.Until(() => _stage.State.Run.Picture == Shelf.Hung[0].Id, "the other run");
            _stage.ComplainsOfNothing();
        }

        [Test]
        public void AllPicturesOfTheShelfCanBeReached()
        {
            string[] all = _stage.State.Shelf.Select(one => one.Id).ToArray();
            Assert.That(all.Length, Is.EqualTo(8));
            Assert.That(Shelf.Hung.Select(one => one.Id), Is.EqualTo(all.Take(6)));
            Assert.That(Shelf.Pages, Is.EqualTo("1 \u2013 6 of 8"));
            Devices.Set("<Mouse>/position", PixelOf(_shelf.Frame.PointOf(0.62, 0.52)));
            _stage.Frames(2);
            _stage.Click();
            _stage.Until(() => Shelf.Hung.Count == 2, "the next page");
            Assert.That(Shelf.Hung.Select(one => one.Id), Is.EqualTo(all.Skip(6)));
            Assert.That(Shelf.Pages, Is.EqualTo("7 \u2013 8 of 8"));
            Assert.That(Shelf.At(0.68, 1), Is.Null); // nothing hangs there
            _stage.Tap("<Keyboard>/2");
            _stage.Until(() => _stage.State.Run.Picture == all[7], "the run of the last one");
            _stage.Tap("<Keyboard>/3"); // there is no third one
            _stage.Tap("<Keyboard>/8");
            Assert.That(_stage.State.Shown.Page, Is.EqualTo(0));
            _stage.Tap("<Keyboard>/7");
            Assert.That(_stage.State.Shown.Page, Is.EqualTo(1));
            _hands.PutOn();
            _hands.Point(Right, _hands.Eyes.Plus(new Vec3(0.2, -0.3, -0.3)),
                _shelf.Frame.PointOf(-0.62, 0.52));
            _hands.Press(Right, "Trigger");
            Assert.That(_stage.State.Shown.Page, Is.EqualTo(0));
            _stage.ComplainsOfNothing();
        }

        Shelf Shelf
        {
            get { return _stage.Walk.Room.Exhibits.Shelf; }
        }

        Carrying Carrying
        {
            get { return _stage.Walk.Carrying; }
        }

        // Draws of pictures on walls or in hands.
        int Pictures
        {
            get { return Player.Draws.Count(draw => draw.Shader == "Layerwalk/Picture") - 1; }
        }

        int ShelfQuads
        {
            get
            {
                return Player.Draws.Where(draw => draw.Shader == "Layerwalk/Picture"
                    && draw.Value<Texture2DArray>("_LayerwalkPictures").depth == 6)
                    .Sum(draw => draw.Vertices / 6);
            }
        }

        Vec3 MiddleOf(int place)
        {
            WallRect rect = Shelf.RectOf(place);
            return _shelf.Frame.PointOf(
                rect.Left + rect.Width / 2, rect.Bottom + rect.Height / 2, 0.06);
        }

        Vec3 Hand(string side)
        {
            return _stage.Walk.Body.Headset.InRoom(
                side == Left ? _stage.Walk.Body.Left : _stage.Walk.Body.Right).Position;
        }

        // With the ray, from before the eyes.
        string PickUp(string side, string button, int place)
        {
            double x = side == Left ? -0.2 : 0.2;
            _hands.Point(side, _hands.Eyes.Plus(new Vec3(x, -0.3, -0.3)), MiddleOf(place));
            _hands.Press(side, button);
            return Shelf.Hung[place].Id;
        }

        // By the definition of yaw, pitch and field of view; from the bottom left.
        Vector2 PixelOf(Vec3 point)
        {
            VisitorPose pose = _stage.Walk.Body.Desktop.Visitor.Pose;
            Vec3 local = pose.Eyes.Rotation.Inverse().Turn(point.Minus(pose.Position));
            double pixels = Screen.height / (2 * Math.Tan(pose.Fov * Math.PI / 360));
            return new Vector2(
                (float)(Screen.width / 2.0 + local.X / -local.Z * pixels),
                (float)(Screen.height / 2.0 + local.Y / -local.Z * pixels));
        }
    }
}
