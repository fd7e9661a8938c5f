using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>What is seen of hands: their rays, and where a teleport would end.</summary>
    public sealed class HandsView : IDisposable
    {
        const double ThickM = 0.006, Fog = 0.004;

        readonly DrawnMesh _mesh = new DrawnMesh("Solid");
        readonly SolidWriter _solids = new SolidWriter();

        public void Begin()
        {
            _solids.Builder.Clear();
        }

        /// <summary>A hand, and its ray as far as it reaches.</summary>
        public void Ray(RigidPose hand, double distance, bool active)
        {
            var size = new Vec3(0.03, 0.03, 0.12);
            Frame frame = Along(hand.Position, hand.Forward, 1);
            _solids.Box(frame, 0, 0, 0.06, size, Palette.Gate, Fog);
            double length = Math.Min(distance, 12);
            string colour = active ? Palette.Accent : Palette.Second;
            _solids.Box(
                frame, 0, 0, -length / 2, new Vec3(ThickM, ThickM, length), colour, Fog);
        }

        /// <summary>The arc, and a ring where it ends.</summary>
        public void Arc(TeleportArc arc)
        {
            string colour = arc.Valid ? Palette.Accent : Palette.Error;
            for (int i = 1; i < arc.Count; i++)
            {
                Vec3 from = arc.Points[i - 1], way = arc.Points[i].Minus(from);
                double length = way.Length();
                if (length > 0.001)
                {
                    Frame frame = Along(from, way.Direction(), 1);
                    _solids.Box(
                        frame, 0, 0, -length / 2, new Vec3(0.015, 0.015, length), colour, Fog);
                }
            }
            if (arc.Valid)
            {
                Vec3 end = arc.End.Plus(new Vec3(0, 0.02, 0));
                var flat = new Frame(
                    end, new Vec3(0.3, 0, 0), new Vec3(0, 0, -0.3), new Vec3(0, 0.3, 0));
                _solids.Add(SolidShape.Ring, flat, Palette.Of(colour), Fog);
            }
        }

        public void Draw()
        {
            _mesh.Set(_solids.Builder);
            _mesh.Draw();
        }

        public void Dispose()
        {
            _mesh.Dispose();
        }

        // A frame whose -z is a direction.
        static Frame Along(Vec3 origin, Vec3 forward, double scale)
        {
            Vec3 z = forward.Times(-1);
            Vec3 aside = Math.Abs(forward.Y) < 0.95 ? Vectors.Up : new Vec3(1, 0, 0);
            Vec3 x = aside.Cross(z).Direction();
            return new Frame(origin, x.Times(scale), z.Cross(x).Times(scale), z.Times(scale));
        }
    }
}
