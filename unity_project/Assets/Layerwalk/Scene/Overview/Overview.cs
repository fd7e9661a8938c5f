using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>How a room is seen from above.</summary>
    public static class Overview
    {
        const double UsualM = 190; // a room so long is seen as the art direction has it
        const double Growth = 0.8;

        // One so wide, seen as a whole, is seen through fog as thin as that of a corridor.
        const double WholeM = 70;

        /// <summary>How many times as far as usual a room is seen from, and how much thinner its
        /// fog is.</summary>
        public static double ScaleOf(Room room)
        {
            return room.Way.Length > 0
                ? Math.Max(1, SpanOf(room.Way) / WholeM)
                : Math.Pow(Math.Max(1, -room.EndM / UsualM), Growth);
        }

        /// <summary>
        /// Open blocks that are named: those beside closed ones, and in a long room, whose gates
        /// cannot be read from so far, those that lie in no other.
        /// </summary>
        public static List<Field> NamedFrom(Room room)
        {
            bool isLong = ScaleOf(room) > 1;
            var named = new List<Field>();
            foreach (Field field in room.Fields)
            {
                bool inner = Array.Exists(room.Fields, other => other != field
                    && field.NearM <= other.NearM && field.FarM >= other.FarM);
                if (field.Name != "" && (field.Opened || (isLong && !inner)))
                {
                    named.Add(field);
                }
            }
            return named;
        }

        static double SpanOf(Waypoint[] way)
        {
            Vec3 least = way[0].PositionM, most = least;
            foreach (Waypoint one in way)
            {
                Vec3 at = one.PositionM;
                least = new Vec3(
                    Math.Min(least.X, at.X), Math.Min(least.Y, at.Y), Math.Min(least.Z, at.Z));
                most = new Vec3(
                    Math.Max(most.X, at.X), Math.Max(most.Y, at.Y), Math.Max(most.Z, at.Z));
            }
            Vec3 span = most.Minus(least);
            return Math.Max(span.X, Math.Max(span.Y, span.Z));
        }
    }
}
