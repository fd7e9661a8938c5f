using System;

namespace Layerwalk.Scene
{
    /// <summary>A speed that follows the wanted one softly, and ends at 0.</summary>
    public static class Settling
    {
        /// <summary>Time constant of starting and stopping, in seconds.</summary>
        public const double SettleS = 0.07;

        const double Still = 0.01;

        public static double Step(double now, double wanted, double seconds)
        {
            double next = now + (wanted - now) * (1 - Math.Exp(-seconds / SettleS));
            return wanted == 0 && Math.Abs(next) < Still ? 0 : next;
        }
    }
}
