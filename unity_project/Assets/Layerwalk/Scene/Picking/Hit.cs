using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>The first thing that a ray meets.</summary>
    public readonly struct Hit
    {
        public readonly HitKind Kind;

        /// <summary>Metres along the ray; infinite for nothing.</summary>
        public readonly double DistanceM;

        /// <summary>In the room.</summary>
        public readonly Vec3 Point;

        /// <summary>The wall, also where its back hides what is behind; null for none.</summary>
        public readonly PlacedWall Wall;

        /// <summary>On the wall, in its metres from the middle of its foot.</summary>
        public readonly double X, Y;

        /// <summary>Index of the tile in its layer, -1 for none, and the place in it, 0 .. 1
        /// from the left and the top.</summary>
        public readonly TilePlace Tile;

        /// <summary>It is the tile that stands before its wall, or its caption.</summary>
        public readonly bool IsLifted;

        public Hit(
            HitKind kind, double distanceM, Vec3 point, PlacedWall wall, double x, double y,
            TilePlace tile, bool isLifted = false)
        {
            Kind = kind;
            DistanceM = distanceM;
            Point = point;
            Wall = wall;
            X = x;
            Y = y;
            Tile = tile;
            IsLifted = isLifted;
        }

        /// <summary>The key of the station that is met; "" for none.</summary>
        public string Station
        {
            get { return Wall == null ? "" : Wall.Station; }
        }

        internal static Hit Nothing
        {
            get
            {
                return new Hit(
                    HitKind.Nothing, double.PositiveInfinity, default(Vec3), null, 0, 0,
                    TilePlace.None);
            }
        }
    }
}
