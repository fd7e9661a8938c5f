using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>All walls of a room: those of stations, then photograph and shelf.</summary>
    public sealed class Walls
    {
        readonly Dictionary<string, string> _shown =
            new Dictionary<string, string>(StringComparer.Ordinal);

        PlacedWall[] _all = new PlacedWall[0];

        /// <summary>In the room's order; not to be changed.</summary>
        public PlacedWall[] All
        {
            get { return _all; }
        }

        /// <summary>Panels of all walls together.</summary>
        public int PanelCount { get; private set; }

        /// <summary>Counts what changed: who draws the walls writes them anew.</summary>
        public int Version { get; private set; }

        /// <summary>Another room.</summary>
        public void Build(Room room, Placement placement)
        {
            var all = new List<PlacedWall>();
            int panels = 0;
            foreach (Station station in room.Stations)
            {
                for (int index = 0; index < station.Walls.Length; index++)
                {
                    PlacedWall wall = PlacedWall.Of(station, index, panels);
                    string layer;
                    if (_shown.TryGetValue(station.Key, out layer))
                    {
                        wall.Layer = layer;
                    }
                    all.Add(wall);
                    panels += wall.Panels.Length;
                }
            }
            all.Add(PlacedWall.Of(WallKind.Photograph, room.Photograph, panels));
            all.Add(PlacedWall.Of(WallKind.Shelf, room.Shelf, panels));
            _all = all.ToArray();
            PanelCount = panels;
            Place(placement);
        }

        /// <summary>After transforms changed.</summary>
        public void Place(Placement placement)
        {
            foreach (PlacedWall wall in _all)
            {
                wall.Frame = placement.Moved(wall.Home, wall.Station);
            }
            Version++;
        }

        /// <summary>While they glide to where they stand.</summary>
        public void Place(Placement placement, Glide glide, double nowS)
        {
            foreach (PlacedWall wall in _all)
            {
                Frame there = placement.Moved(wall.Home, wall.Station);
                wall.Frame = glide.FrameOf(wall, there, nowS);
            }
            Version++;
        }

        /// <summary>Shows another of a station's layers on its walls.</summary>
        public void Show(string station, string layer)
        {
            _shown[station] = layer;
            foreach (PlacedWall wall in _all)
            {
                if (wall.Station == station)
                {
                    wall.Layer = layer;
                }
            }
            Version++;
        }

        /// <summary>Forgets which layers were chosen: another network.</summary>
        public void Forget()
        {
            _shown.Clear();
        }
    }
}
