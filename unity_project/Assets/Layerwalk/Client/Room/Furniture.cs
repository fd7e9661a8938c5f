using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>The room's boxes, gates, floors' outlines, rings and discs, and walls' backs.
    /// </summary>
    static class Furniture
    {
        const double ThicknessM = 0.07;
        const double JoinFog = 0.022;
        const double DiscFog = 0.02;

        public static void Write(
            SolidWriter solids, Room room, Placement placement, PlacedWall[] walls)
        {
            foreach (Box box in room.Boxes)
            {
                Frame frame = placement.Moved(Frame.Of(box), box.Station);
                solids.Box(frame, 0, 0, 0, box.SizeM, box.Colour);
            }
            foreach (Gate gate in room.Gates)
            {
                WriteGate(solids, gate);
            }
            foreach (Field field in room.Fields)
            {
                WriteField(solids, field);
            }
            foreach (Ring ring in room.Rings)
            {
                WriteRing(solids, ring);
            }
            foreach (Disc disc in room.Discs)
            {
                WriteDisc(solids, disc);
            }
            WriteBacks(solids, walls);
            WriteBoard(solids, room.Board);
        }

        /// <summary>The backs of walls alone.</summary>
        public static void WriteBacks(SolidWriter solids, PlacedWall[] walls)
        {
            foreach (PlacedWall wall in walls)
            {
                WriteBack(solids, wall);
            }
        }

        // It has no front, which the face would have to fight with.
        static void WriteBack(SolidWriter solids, PlacedWall wall)
        {
            Frame frame = wall.Frame;
            var box = new Frame(
                frame.PointOf(0, wall.HeightM / 2, -ThicknessM / 2), frame.X.Times(wall.WidthM),
                frame.Y.Times(wall.HeightM), frame.Z.Times(ThicknessM));
            solids.Add(
                SolidShape.OpenBox, box, Palette.Of(Palette.WallBack), SolidWriter.WallFog);
        }

        static void WriteBoard(SolidWriter solids, Picture3D board)
        {
            var size = new Vec3(board.WidthM + 0.04, board.HeightM + 0.04, 0.08);
            solids.Box(
                Frame.Of(board), 0, board.HeightM / 2, -0.05, size, Palette.WallBack);
        }

        static void WriteGate(SolidWriter solids, Gate gate)
        {
            Frame foot = Frame.Of(gate);
            double half = gate.HalfWidthM, height = gate.HeightM;
            double beam = 2 * half + 0.04;
            var post = new Vec3(0.04, height, 0.04);
            solids.Box(foot, -half, height / 2, 0, post, Palette.Gate);
            solids.Box(foot, half, height / 2, 0, post, Palette.Gate);
            solids.Box(foot, 0, height, 0, new Vec3(beam, 0.04, 0.04), Palette.Gate);
            solids.Box(
                foot, 0, height - 0.04, 0, new Vec3(beam - 0.14, 0.014, 0.03), Palette.Warm,
                0.009);
        }

        static void WriteField(SolidWriter solids, Field field)
        {
            string colour = field.Opened ? Palette.Opened : Palette.Gate;
            double half = field.WidthM / 2, middle = (field.NearM + field.FarM) / 2;
            double line = field.Opened ? 0.02 : 0.014;
            var along = new Vec3(line, 0.006, field.NearM - field.FarM);
            var across = new Vec3(field.WidthM, 0.006, line);
            solids.Box(new Vec3(-half, 0.006, middle), along, colour);
            solids.Box(new Vec3(half, 0.006, middle), along, colour);
            solids.Box(new Vec3(0, 0.006, field.NearM), across, colour);
            if (!field.Opened)
            {
                return;
            }
            solids.Box(new Vec3(0, 0.006, field.FarM), across, colour);
            var post = new Vec3(0.05, 0.9, 0.05);
            for (int side = -1; side <= 1; side += 2)
            {
                solids.Box(new Vec3(side * half, 0.45, field.NearM), post, colour);
                solids.Box(new Vec3(side * half, 0.45, field.FarM), post, colour);
            }
        }

        static void WriteRing(SolidWriter solids, Ring ring)
        {
            double r = ring.RadiusM;
            Frame upright = Frame.Upright(ring.PositionM, ring.YawRad);
            var frame = new Frame(
                ring.PositionM, upright.X.Times(r), upright.Y.Times(r), upright.Z.Times(r));
            solids.Add(SolidShape.Ring, frame, Palette.Of(ring.Colour), JoinFog);
            if (ring.Plus)
            {
                solids.Box(upright, 0, 0, 0, new Vec3(r, 0.02, 0.02), ring.Colour, JoinFog);
                solids.Box(upright, 0, 0, 0, new Vec3(0.02, r, 0.02), ring.Colour, JoinFog);
            }
        }

        static void WriteDisc(SolidWriter solids, Disc disc)
        {
            var at = new Vec3(disc.PositionM.X, 0.012, disc.PositionM.Z);
            Frame flat = Frame.Flat(at, disc.YawRad);
            double edge = 2 * disc.RadiusM;
            var frame = new Frame(
                flat.Origin, flat.X.Times(edge), flat.Y.Times(edge), flat.Z);
            solids.Add(SolidShape.Disc, frame, Palette.Of(disc.Colour), DiscFog);
        }
    }
}
