using System;
using System.Linq;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>What tiles are called; the web viewer's words.ts says the same.</summary>
    static class TileNames
    {
        /// <summary>"channel 3"; of a matrix, which has no axis to count by, "token × feature";
        /// for a class of the output "espresso (967)".</summary>
        public static string Of(NetworkPublished network, string layer, long tile)
        {
            bool isClass = Array.IndexOf(network.Network.Outputs, layer) >= 0
                && tile < network.ClassNames.Length;
            if (isClass)
            {
                return network.ClassNames[tile] + " (" + tile + ")";
            }
            Node node = Array.Find(network.Network.Nodes, one => one.Name == layer);
            Axis[] axes = node == null ? new Axis[0] : node.Axes;
            Axis counted = Array.Find(axes, axis => axis.Role == AxisRole.Tile);
            if (counted != null)
            {
                return counted.Name + " " + tile;
            }
            string[] names = axes.Where(axis => axis.Role == AxisRole.Row)
                .Concat(axes.Where(axis => axis.Role == AxisRole.Column))
                .Select(axis => axis.Name).ToArray();
            return names.Length == 0 ? "value" : string.Join(" \u00d7 ", names);
        }

        /// <summary>What stands below a tile: "Channel 3", "espresso (967)".</summary>
        public static string Title(NetworkPublished network, string layer, long tile)
        {
            string name = Of(network, layer, tile);
            bool isClass = name.EndsWith(" (" + tile + ")", StringComparison.Ordinal);
            return isClass || name == ""
                ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);
        }
    }
}
