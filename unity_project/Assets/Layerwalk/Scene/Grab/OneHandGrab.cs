using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// A station held with one hand: it keeps its offset from the hand, and turns with it. Only
    /// about the vertical, for walls that lean can be neither read nor stood before.
    /// </summary>
    public readonly struct OneHandGrab
    {
        readonly RigidPose _hand;
        readonly StationPose _station;

        /// <summary>Takes the station; `hand` is in the room.</summary>
        public OneHandGrab(RigidPose hand, StationPose station)
        {
            _hand = hand;
            _station = station;
        }

        /// <summary>Where the station is now that the hand is there.</summary>
        public StationPose At(RigidPose hand)
        {
            Vec4 turn = Rotations.AboutY(hand.Rotation.Yaw() - _hand.Rotation.Yaw());
            Vec3 offset = turn.Turn(_station.Position.Minus(_hand.Position));
            return new StationPose(
                Grabbing.AboveFloor(hand.Position.Plus(offset)),
                turn.After(_station.Rotation).Unit(), _station.Scale);
        }
    }
}
