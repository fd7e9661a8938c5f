using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where somebody stands as seen from a station's first wall: the same place before it in
    /// every room, wherever it stands there.
    /// </summary>
    public readonly struct StandingPlace
    {
        readonly Vec3 _local;
        readonly double _turn;
        readonly VisitorPose _pose;

        StandingPlace(Vec3 local, double turn, VisitorPose pose)
        {
            _local = local;
            _turn = turn;
            _pose = pose;
        }

        /// <summary>Of eyes before a station, in a room that this placement is of.</summary>
        public static StandingPlace Of(Station station, VisitorPose eyes, Placement placement)
        {
            double yaw;
            Frame stand = StandOf(station, placement, out yaw);
            return new StandingPlace(stand.LocalOf(eyes.Position), eyes.Yaw - yaw, eyes);
        }

        /// <summary>These eyes before that station.</summary>
        public VisitorPose Before(Station station, Placement placement)
        {
            double yaw;
            Frame stand = StandOf(station, placement, out yaw);
            Vec3 at = stand.PointOf(_local.X, _local.Y, _local.Z);
            return new VisitorPose(at, yaw + _turn, _pose.Pitch, _pose.Fov);
        }

        // The foot of its first wall, z along the way it faces.
        static Frame StandOf(Station station, Placement placement, out double yaw)
        {
            yaw = 0;
            Vec3 foot = station.OriginM;
            if (station.Walls.Length > 0)
            {
                yaw = Places.WallYaw(station, station.Walls[0], placement);
                foot = station.Walls[0].PositionM;
            }
            return Frame.Upright(placement.Moved(foot, station.Key), yaw);
        }
    }
}
