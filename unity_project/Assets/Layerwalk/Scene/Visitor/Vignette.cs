using System;

namespace Layerwalk.Scene
{
    /// <summary>
    /// How much of the edge of sight is dark while the headset's wearer is moved: motion at the
    /// edge of sight makes dizzy.
    /// </summary>
    public sealed class Vignette
    {
        const double SlowMS = 0.3, FastMS = 3;
        const double SlowRadS = 0.3, FastRadS = 1.6;
        const double ComesS = 0.12, GoesS = 0.35; // time constants

        /// <summary>0: nothing is dark; 1: only the middle is seen.</summary>
        public double Strength { get; private set; }

        /// <summary>
        /// The strength that suits a speed (m/s) and a turn (rad/s): 0 for who walks on their own
        /// feet, 1 at 3 m/s or 1.6 rad/s.
        /// </summary>
        public static double Wanted(double speedMS, double turnRadS)
        {
            return Math.Max(
                Smooth(speedMS, SlowMS, FastMS), Smooth(Math.Abs(turnRadS), SlowRadS, FastRadS));
        }

        /// <summary>
        /// Moves on; `comfort` (0 .. 1) is the visitor's setting. It comes sooner than it goes.
        /// </summary>
        public void Step(double speedMS, double turnRadS, double comfort, double seconds)
        {
            double wanted = comfort * Wanted(speedMS, turnRadS);
            double constant = wanted > Strength ? ComesS : GoesS;
            double next = Strength + (wanted - Strength) * (1 - Math.Exp(-seconds / constant));
            Strength = wanted == 0 && next < 0.002 ? 0 : next;
        }

        static double Smooth(double value, double least, double most)
        {
            double t = Vectors.Clamp((value - least) / (most - least), 0, 1);
            return t * t * (3 - 2 * t);
        }
    }
}
