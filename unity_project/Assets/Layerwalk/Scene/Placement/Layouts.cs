using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>The ways in which a room can be laid out, in turn.</summary>
    public static class Layouts
    {
        static readonly string[] Kinds = { "linear", "spiral", "tower" };
        static readonly string[] Names = { "Corridor", "Spiral", "Tower" };
        static readonly double[] Spacings = { 0.5, 0.7, 1, 1.4, 2, 3 };

        /// <summary>As the shared document calls it.</summary>
        public static string KindOf(RoomLayout layout)
        {
            return Kinds[(int)layout];
        }

        /// <summary>As visitors call it.</summary>
        public static string NameOf(RoomLayout layout)
        {
            return Names[(int)layout];
        }

        public static RoomLayout Next(RoomLayout layout)
        {
            return (RoomLayout)(((int)layout + 1) % Kinds.Length);
        }

        /// <summary>More (1) or less (-1) room between stations; the same at either end.</summary>
        public static double Spaced(double spacing, int direction)
        {
            double[] others = Array.FindAll(
                Spacings, one => (one - spacing) * direction > 1e-9);
            return others.Length == 0
                ? spacing : direction > 0 ? others[0] : others[others.Length - 1];
        }

        /// <summary>More room between stations; after the most the least.</summary>
        public static double Next(double spacing)
        {
            double more = Spaced(spacing, 1);
            return more > spacing ? more : Spacings[0];
        }
    }
}
