using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Finds the blocks around stations.</summary>
    static class Blocks
    {
        /// <summary>The innermost open block that a station lies in; null for none.</summary>
        public static Block OpenAround(Room room, Network network, Station station)
        {
            string name = station.Block;
            Block block = Array.Find(network.Blocks, one => one.Name == name);
            while (block != null && Array.IndexOf(room.Expanded, block.Name) < 0)
            {
                string parent = block.Parent;
                block = parent == "" ? null
                    : Array.Find(network.Blocks, one => one.Name == parent);
            }
            return block;
        }
    }
}
