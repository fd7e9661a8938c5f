using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>
    /// Pictures that hands took off the shelf: each follows its hand, snaps into the input frame
    /// when it is near by or pointed to, and is placed there when it is let go of. Let go of
    /// elsewhere it is back on the shelf.
    /// </summary>
    public sealed class Carrying : IDisposable
    {
        const double EdgeM = 0.4, FrameM = 0.006;
        const double GripM = 0.03; // from the hand to the nearest corner, inwards and down
        const double InwardRad = 24 * Math.PI / 180; // from facing the eyes
        const double PlacedM = 0.7; // what is let go of so near to the input frame is put there
        const double FrameY = 1.5; // of its middle

        readonly Session _session;
        readonly DocumentEdits _edits;
        readonly RoomView _room;
        readonly Carried[] _carried = new Carried[2];
        readonly PictureSlices[] _pictures = { new PictureSlices(1), new PictureSlices(1) };
        readonly DrawnMesh _mesh = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();

        public Carrying(Session session, DocumentEdits edits, RoomView room)
        {
            _session = session;
            _edits = edits;
            _room = room;
        }

        /// <summary>Id of the picture in hand 0 or 1; "" for none.</summary>
        public string In(int hand)
        {
            return _carried[hand] == null ? "" : _carried[hand].Picture.Id;
        }

        /// <summary>Whether the picture in a hand is in the input frame just now.</summary>
        public bool IsSnapped(int hand)
        {
            return _carried[hand] != null && _carried[hand].Snapped;
        }

        /// <summary>Where the picture in a hand is, its middle the origin; it faces along z.
        /// </summary>
        public Frame FrameOf(int hand)
        {
            return _carried[hand].Frame;
        }

        /// <summary>Takes a picture off the shelf; false while the other hand has it.</summary>
        public bool Take(int hand, ShelfPicture picture)
        {
            if (picture == null || In(1 - hand) == picture.Id)
            {
                return false;
            }
            _carried[hand] = new Carried(picture);
            _pictures[hand].Put(0, picture.Pixels);
            _pictures[hand].Flush();
            _room.TakeFromShelf(hand, picture.Id);
            return true;
        }

        /// <summary>The hand, which points along its -z, is there now, seen from these eyes;
        /// gripped at a lower corner, the picture is turned to them.</summary>
        public void Follow(int hand, RigidPose pose, Vec3 eyes)
        {
            Carried carried = _carried[hand];
            int side = hand == 0 ? -1 : 1;
            Vec3 to = eyes.Minus(pose.Position);
            Frame upright = Frame.Upright(
                pose.Position, Math.Atan2(to.X, to.Z) + side * InwardRad);
            Vec3 middle = upright.PointOf(
                -side * (carried.Width / 2 - GripM), carried.Height / 2 - GripM);
            Move(hand, PointerRay.Of(pose), new Frame(middle, upright.X, upright.Y, upright.Z));
        }

        /// <summary>At a desk it is so far along the mouse's ray, turned to the eyes.</summary>
        public void Follow(int hand, PointerRay ray, double distance)
        {
            Vec3 away = ray.Direction.Times(-1);
            Vec3 middle = ray.At(distance);
            Move(hand, ray, Frame.Upright(middle, Math.Atan2(away.X, away.Z)));
        }

        /// <summary>Lets go: places it if it is in the input frame, or just was, for hands jerk
        /// as they let go.</summary>
        public void LetGo(int hand)
        {
            Carried carried = _carried[hand];
            if (carried == null)
            {
                return;
            }
            Drop(hand);
            Picture picture = Array.Find(
                _session.State.Shelf, one => one.Id == carried.Picture.Id);
            if (picture != null && (carried.Snapped || carried.WasSnapped))
            {
                _edits.Place(picture);
            }
        }

        /// <summary>Puts it back on the shelf.</summary>
        public void Drop(int hand)
        {
            if (_carried[hand] != null)
            {
                _carried[hand] = null;
                _room.TakeFromShelf(hand, "");
            }
        }

        public void Draw()
        {
            if (_carried[0] == null && _carried[1] == null)
            {
                return;
            }
            for (int hand = 0; hand < 2; hand++)
            {
                if (_carried[hand] != null)
                {
                    Write(_carried[hand], _pictures[hand]);
                    _pictures[hand].Draw();
                }
            }
            _mesh.Set(_solids.Builder);
            _mesh.Draw();
        }

        public void Dispose()
        {
            _mesh.Dispose();
            _pictures[0].Dispose();
            _pictures[1].Dispose();
        }

        void Move(int hand, PointerRay ray, Frame held)
        {
            Carried carried = _carried[hand];
            carried.WasSnapped = carried.Snapped;
            PlacedWall wall = Array.Find(
                _room.Walls.All, one => one.Kind == WallKind.Photograph);
            carried.Snapped = wall != null && IsNear(wall, ray, held.Origin);
            carried.Frame = held;
            if (carried.Snapped)
            {
                Frame frame = wall.Frame;
                carried.Frame = new Frame(
                    frame.PointOf(0, carried.Field.Bottom + carried.Field.Height / 2, 0.03),
                    frame.X, frame.Y, frame.Z);
            }
        }

        bool IsNear(PlacedWall wall, PointerRay ray, Vec3 middle)
        {
            Hit hit = Picking.Pick(ray, _room.Walls.All, _session.State.Room.Board);
            return hit.Kind == HitKind.Photograph
                || middle.DistanceTo(wall.Frame.PointOf(0, FrameY)) < PlacedM;
        }

        // A thin frame behind it; in the input frame it is as large as a photograph there.
        void Write(Carried carried, PictureSlices pictures)
        {
            bool snapped = carried.Snapped;
            double wide = snapped ? carried.Field.Width : carried.Width;
            double high = snapped ? carried.Field.Height : carried.Height;
            pictures.Begin();
            pictures.Hang(
                carried.Frame, new WallRect(-wide / 2, -high / 2, wide, high), 0.002, 0, 0);
            pictures.End();
            var size = new Vec3(wide + 2 * FrameM, high + 2 * FrameM, 0.008);
            _solids.Box(carried.Frame, 0, 0, -0.004, size, Palette.Accent, 0);
        }

        sealed class Carried
        {
            public readonly ShelfPicture Picture;
            public readonly double Width, Height;
            public readonly WallRect Field;

            public Frame Frame;
            public bool Snapped, WasSnapped;

            public Carried(ShelfPicture picture)
            {
                Pixels pixels = picture.Pixels;
                double scale = EdgeM / Math.Max(pixels.Width, pixels.Height);
                Picture = picture;
                Width = scale * pixels.Width;
                Height = scale * pixels.Height;
                Field = Exhibits.FieldOf(pixels.Width, pixels.Height);
            }
        }
    }
}
