using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>The transforms of the shared document, ready to be applied to frames.</summary>
    public sealed class Placement
    {
        readonly Dictionary<string, StationPose> _homes =
            new Dictionary<string, StationPose>(StringComparer.Ordinal);
        readonly Dictionary<string, StationPose> _poses =
            new Dictionary<string, StationPose>(StringComparer.Ordinal);

        /// <summary>Another room; transforms stay, for they belong to keys.</summary>
        public void SetStations(Station[] stations)
        {
            _homes.Clear();
            foreach (Station station in stations)
            {
                _homes[station.Key] = StationPose.Home(station.OriginM, station.YawRad);
            }
        }

        /// <summary>All transforms: the document's value at stations/NETWORK, or null.</summary>
        public void SetDocument(object value)
        {
            _poses.Clear();
            var map = value as Map<object>;
            if (map == null)
            {
                return;
            }
            foreach (KeyValuePair<string, object> entry in map.Entries)
            {
                SetValue(entry.Key, entry.Value);
            }
        }

        /// <summary>One station's value of the document; null puts it back.</summary>
        public void SetValue(string station, object value)
        {
            StationPose pose;
            if (StationPose.TryRead(value, out pose))
            {
                _poses[station] = pose;
            }
            else
            {
                _poses.Remove(station);
            }
        }

        /// <summary>Moves a station here, before the document says so: while it is held.</summary>
        public void Set(string station, StationPose pose)
        {
            _poses[station] = pose;
        }

        /// <summary>Whether somebody moved the station.</summary>
        public bool IsMoved(string station)
        {
            return _poses.ContainsKey(station) && _homes.ContainsKey(station);
        }

        /// <summary>Where a station stands; of one that is not in the room, about 0.</summary>
        public StationPose PoseOf(string station)
        {
            StationPose pose;
            if (_poses.TryGetValue(station, out pose) || _homes.TryGetValue(station, out pose))
            {
                return pose;
            }
            return StationPose.Home(new Vec3(0, 0, 0), 0);
        }

        /// <summary>
        /// The frame as its station was moved; unchanged if it belongs to none ("").
        /// </summary>
        public Frame Moved(Frame frame, string station)
        {
            return IsMoved(station) ? _poses[station].Moved(frame, _homes[station]) : frame;
        }

        public Vec3 Moved(Vec3 point, string station)
        {
            return IsMoved(station) ? _poses[station].Moved(point, _homes[station]) : point;
        }

        /// <summary>
        /// A path whose ends go with their stations, and what is between by its share of the way.
        /// </summary>
        public Vec3[] Bent(Vec3[] path, string source, string target)
        {
            if (path.Length == 0 || !(IsMoved(source) || IsMoved(target)))
            {
                return path;
            }
            Vec3 first = path[0], last = path[path.Length - 1];
            Vec3 begin = Moved(first, source).Minus(first);
            Vec3 end = Moved(last, target).Minus(last);
            var along = new double[path.Length];
            for (int i = 1; i < path.Length; i++)
            {
                along[i] = along[i - 1] + path[i].DistanceTo(path[i - 1]);
            }
            double whole = Math.Max(1e-9, along[path.Length - 1]);
            var bent = new Vec3[path.Length];
            for (int i = 0; i < path.Length; i++)
            {
                bent[i] = path[i].Plus(begin.Towards(end, along[i] / whole));
            }
            return bent;
        }

        /// <summary>A direction of length 1, turned with its station.</summary>
        public Vec3 Turned(Vec3 direction, string station)
        {
            return IsMoved(station)
                ? _poses[station].Rotation.Turn(_homes[station].Rotation.Inverse().Turn(direction))
                : direction;
        }
    }
}
