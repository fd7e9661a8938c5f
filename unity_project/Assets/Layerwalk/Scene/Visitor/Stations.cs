using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Finds layers and blocks by name in the room as it is.</summary>
    public static class Stations
    {
        /// <summary>
        /// The station that holds a layer, or stands for a block or lies first in it; null for
        /// none.
        /// </summary>
        public static Station Find(Room room, Network network, string name)
        {
            Station closed = Array.Find(room.Stations, station => station.Closed == name);
            Station holds = closed ?? Array.Find(room.Stations, station =>
                station.Key == name || Array.IndexOf(station.Layers, name) >= 0);
            Block block = BlockOf(network, name);
            if (holds != null || block == null)
            {
                return holds;
            }
            return Array.Find(room.Stations, station => Array.Exists(
                station.Layers, layer => Array.IndexOf(block.Nodes, layer) >= 0));
        }

        /// <summary>The station's wall that shows a tile of its layer; -1 for none.</summary>
        public static int WallOf(Station station, long tile)
        {
            return Array.FindIndex(station.Walls, wall => Array.Exists(
                wall.Panels, one => tile >= one.First && tile < one.First + one.Count));
        }

        /// <summary>The tile so many steps after one, in the order of walls and panels; after the
        /// last one comes the first. -1 where there are none.</summary>
        public static long NextTile(Station station, long tile, int step)
        {
            long all = 0, now = -1;
            foreach (Protocol.Wall wall in station.Walls)
            {
                foreach (Panel panel in wall.Panels)
                {
                    bool on = tile >= panel.First && tile < panel.First + panel.Count;
                    now = on ? all + tile - panel.First : now;
                    all += panel.Count;
                }
            }
            return all == 0 ? -1 : TileAt(station, (now + step + all) % all);
        }

        static long TileAt(Station station, long place)
        {
            foreach (Protocol.Wall wall in station.Walls)
            {
                foreach (Panel panel in wall.Panels)
                {
                    if (place < panel.Count)
                    {
                        return panel.First + place;
                    }
                    place -= panel.Count;
                }
            }
            return -1;
        }

        /// <summary>
        /// The blocks that have to be opened before a layer or block stands in the room; none
        /// where a closed block shows that layer on its own walls.
        /// </summary>
        public static List<string> BlocksHiding(Room room, Network network, string name)
        {
            Station station = Find(room, network, name);
            List<string> around = Around(network, name);
            if (station == null || station.Shown == name || !around.Contains(station.Closed))
            {
                return new List<string>();
            }
            return around.FindAll(block => Array.IndexOf(room.Expanded, block) < 0);
        }

        /// <summary>Index of the station's wall that shows a tile, -1 if none does.</summary>
        public static int WallOfTile(Station station, long tile)
        {
            return Array.FindIndex(station.Walls, wall => Array.Exists(wall.Panels, panel =>
                tile >= panel.First && tile < panel.First + panel.Count));
        }

        // The blocks around a layer or block, without itself.
        static List<string> Around(Network network, string name)
        {
            var around = new List<string>();
            Block block = BlockOf(network, name);
            if (block == null)
            {
                foreach (Block outer in network.Blocks)
                {
                    if (Array.IndexOf(outer.Nodes, name) >= 0)
                    {
                        around.Add(outer.Name);
                    }
                }
                return around;
            }
            for (block = BlockOf(network, block.Parent);
                block != null && !around.Contains(block.Name);
                block = BlockOf(network, block.Parent))
            {
                around.Add(block.Name);
            }
            return around;
        }

        static Block BlockOf(Network network, string name)
        {
            return Array.Find(network.Blocks, block => block.Name == name);
        }
    }
}
