using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A station held with one hand: it keeps its offset from the hand, and turns with it. Only
    /// about the vertical, for walls that lean can be neither read nor stood before.
    /// </summary>
    public sealed class OneHandGrab
    {
        static readonly Vec3 Ahead = new Vec3(0, 0, -1), Right = new Vec3(1, 0, 0);

        readonly Vec3 _offset;
        readonly StationPose _station;

        Vec4 _last; // of the hand
        double _turn; // radians about +y

        /// <summary>Takes the station; `hand` is in the room.</summary>
        public OneHandGrab(RigidPose hand, StationPose station)
        {
            _offset = station.Position.Minus(hand.Position);
            _last = hand.Rotation;
            _station = station;
        }

        /// <summary>
        /// Where the station is now that the hand is there. To be called as it moves: a turn is
        /// the sum of small ones.
        /// </summary>
        public StationPose At(RigidPose hand)
        {
            TurnTo(hand.Rotation);
            Vec4 turn = Rotations.AboutY(_turn);
            return new StationPose(
                Grabbing.AboveFloor(hand.Position.Plus(turn.Turn(_offset))),
                turn.After(_station.Rotation).Unit(), _station.Scale);
        }

        // As far as the way it points turned, seen from above. About straight up or down that is
        // no direction, and beyond it the opposite one: there its right side shows the turn.
        void TurnTo(Vec4 rotation)
        {
            Vec3 axis = rotation.IsLevel() && _last.IsLevel() ? Ahead : Right;
            double turn = Heading(rotation.Turn(axis)) - Heading(_last.Turn(axis));
            _turn += Rotations.NearestTurn(0, turn);
            _last = rotation;
        }

        static double Heading(Vec3 direction)
        {
            return Math.Atan2(-direction.Z, direction.X);
        }
    }
}
