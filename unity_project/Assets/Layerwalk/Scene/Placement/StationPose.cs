using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Where a station stands: a point p of the untransformed room goes to position + rotation
    /// (scale (home's rotation back (p - origin))). The value of the shared document's
    /// stations/NETWORK/KEY, where null stands for a station at home.
    /// </summary>
    public readonly struct StationPose
    {
        /// <summary>What the bridge accepts.</summary>
        public const double LeastScale = 0.01, MostScale = 100;

        public readonly Vec3 Position;
        public readonly Vec4 Rotation;
        public readonly double Scale;

        public StationPose(Vec3 position, Vec4 rotation, double scale)
        {
            Position = position;
            Rotation = rotation;
            Scale = scale;
        }

        /// <summary>Of a station that nobody has moved.</summary>
        public static StationPose Home(Vec3 origin)
        {
            return new StationPose(origin, Rotations.None, 1);
        }

        /// <summary>Of a station that nobody has moved, in a layout that turns it.</summary>
        public static StationPose Home(Vec3 origin, double yaw)
        {
            return yaw == 0 ? Home(origin) : new StationPose(origin, Rotations.AboutY(yaw), 1);
        }

        public static StationPose Of(StationTransform transform)
        {
            return new StationPose(transform.PositionM, transform.Rotation, transform.Scale);
        }

        public Vec3 Moved(Vec3 point, Vec3 origin)
        {
            return Position.Plus(Turned(point.Minus(origin)));
        }

        /// <summary>A point of a station that stands at `home` until it is moved.</summary>
        public Vec3 Moved(Vec3 point, StationPose home)
        {
            return Position.Plus(Turned(point.Minus(home.Position), home));
        }

        Vec3 Turned(Vec3 v, StationPose home)
        {
            return Turned(home.Rotation.Inverse().Turn(v));
        }

        /// <summary>A vector, turned and scaled.</summary>
        public Vec3 Turned(Vec3 v)
        {
            return Rotation.Turn(v).Times(Scale);
        }

        public Frame Moved(Frame frame, StationPose home)
        {
            return new Frame(
                Moved(frame.Origin, home), Turned(frame.X, home), Turned(frame.Y, home),
                Turned(frame.Z, home));
        }

        /// <summary>The document's value, to be sent in a Change.</summary>
        public Map<object> ToValue()
        {
            return new Map<object>.Builder()
                .Set("position_m", new object[] { Position.X, Position.Y, Position.Z })
                .Set("rotation", new object[] { Rotation.X, Rotation.Y, Rotation.Z, Rotation.W })
                .Set("scale", Scale)
                .Build();
        }

        /// <summary>
        /// Reads a value of the document; false for what is no transform, as another client may
        /// have left it: then the station stands at home.
        /// </summary>
        public static bool TryRead(object value, out StationPose pose)
        {
            pose = default(StationPose);
            var map = value as Map<object>;
            double[] position, rotation;
            if (map == null || !TryRead(map, "position_m", 3, null, out position)
                || !TryRead(map, "rotation", 4, new double[] { 0, 0, 0, 1 }, out rotation))
            {
                return false;
            }
            object found;
            double scale = 1;
            if (map.TryGetValue("scale", out found) && !TryRead(found, out scale))
            {
                return false;
            }
            var turn = new Vec4(rotation[0], rotation[1], rotation[2], rotation[3]);
            var at = new Vec3(position[0], position[1], position[2]);
            pose = new StationPose(at, turn.Unit(), scale);
            return scale >= LeastScale && scale <= MostScale;
        }

        static bool TryRead(
            Map<object> map, string key, int count, double[] otherwise, out double[] numbers)
        {
            object found;
            numbers = otherwise;
            if (!map.TryGetValue(key, out found))
            {
                return numbers != null;
            }
            var values = found as object[];
            if (values == null || values.Length != count)
            {
                return false;
            }
            numbers = new double[count];
            for (int i = 0; i < count; i++)
            {
                if (!TryRead(values[i], out numbers[i]))
                {
                    return false;
                }
            }
            return true;
        }

        static bool TryRead(object value, out double number)
        {
            number = value is double ? (double)value : value is long ? (long)value : double.NaN;
            return Vectors.IsFinite(number);
        }
    }
}
