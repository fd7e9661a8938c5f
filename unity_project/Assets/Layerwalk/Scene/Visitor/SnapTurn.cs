using System;

namespace Layerwalk.Scene
{
    /// <summary>Turns by a fixed angle, once a flick of the stick.</summary>
    public sealed class SnapTurn
    {
        const double FlickedAt = 0.7; // of the stick's way
        const double RestsBelow = 0.35;

        /// <summary>Radians a flick.</summary>
        public readonly double Angle;

        bool _rests = true;

        public SnapTurn(double angle = Math.PI / 4)
        {
            Angle = angle;
        }

        /// <summary>
        /// Radians to turn left now, 0 for none; `stick` goes from -1 (left) to 1 (right).
        /// </summary>
        public double Step(double stick)
        {
            double way = Math.Abs(stick);
            if (way < RestsBelow)
            {
                _rests = true;
            }
            if (!_rests || way < FlickedAt)
            {
                return 0;
            }
            _rests = false;
            return stick > 0 ? -Angle : Angle;
        }
    }
}
