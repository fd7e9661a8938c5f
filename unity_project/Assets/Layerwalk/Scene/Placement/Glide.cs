using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Walls on their way from where a former layout had them to where they stand now.
    /// </summary>
    public sealed class Glide
    {
        /// <summary>So long it takes, in seconds.</summary>
        public const double LastsS = 0.8;

        readonly Dictionary<string, Frame> _from =
            new Dictionary<string, Frame>(StringComparer.Ordinal);

        double _beganS = double.NegativeInfinity;

        /// <summary>Walls are on their way.</summary>
        public bool IsOn
        {
            get { return _from.Count > 0; }
        }

        /// <summary>From where the walls are now.</summary>
        public void Begin(PlacedWall[] walls, double nowS)
        {
            _from.Clear();
            foreach (PlacedWall wall in walls)
            {
                _from[NameOf(wall)] = wall.Frame;
            }
            _beganS = nowS;
        }

        /// <summary>They stand where they belong; also where time is over.</summary>
        public void EndAfter(double nowS)
        {
            if (nowS - _beganS >= LastsS)
            {
                _from.Clear();
            }
        }

        /// <summary>Where a wall is that will stand there; one that is new stands there at once.
        /// </summary>
        public Frame FrameOf(PlacedWall wall, Frame there, double nowS)
        {
            Frame from;
            double part = Vectors.Clamp((nowS - _beganS) / LastsS, 0, 1);
            return part < 1 && _from.TryGetValue(NameOf(wall), out from)
                ? Between(from, there, Eased(part)) : there;
        }

        static string NameOf(PlacedWall wall)
        {
            return (int)wall.Kind + " " + wall.Index + " " + wall.Station;
        }

        static double Eased(double t)
        {
            return t < 0.5 ? 4 * t * t * t : 1 - Math.Pow(2 - 2 * t, 3) / 2;
        }

        static Frame Between(Frame a, Frame b, double part)
        {
            return new Frame(
                a.Origin.Towards(b.Origin, part), Turned(a.X, b.X, part),
                Turned(a.Y, b.Y, part), Turned(a.Z, b.Z, part));
        }

        // An axis keeps its length; one that turns right about has no way there.
        static Vec3 Turned(Vec3 from, Vec3 to, double part)
        {
            Vec3 axis = from.Towards(to, part);
            double length = axis.Length();
            double wanted = from.Length() * (1 - part) + to.Length() * part;
            return length < 1e-3 * wanted ? to : axis.Times(wanted / length);
        }
    }
}
