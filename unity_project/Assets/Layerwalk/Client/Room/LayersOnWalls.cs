using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>Which layers stand on which walls, and what tiles they make.</summary>
    public sealed class LayersOnWalls
    {
        static readonly List<int> None = new List<int>();

        readonly Dictionary<string, int> _places =
            new Dictionary<string, int>(StringComparer.Ordinal);
        readonly Dictionary<string, int> _some =
            new Dictionary<string, int>(StringComparer.Ordinal);
        readonly Dictionary<string, List<int>> _walls =
            new Dictionary<string, List<int>>(StringComparer.Ordinal);
        readonly Dictionary<string, TileShape> _shapes =
            new Dictionary<string, TileShape>(StringComparer.Ordinal);

        /// <summary>Places of stations along the corridor, by layer.</summary>
        public IDictionary<string, int> Places
        {
            get { return _places; }
        }

        /// <summary>The fields of tiles, as they stand.</summary>
        public TileField[] Fields { get; private set; }

        public LayersOnWalls()
        {
            Fields = new TileField[0];
        }

        /// <summary>Another room, or other layers on its walls.</summary>
        public void Build(Network network, Room room, PlacedWall[] walls)
        {
            _places.Clear();
            _walls.Clear();
            _shapes.Clear();
            foreach (Node node in network.Nodes)
            {
                _shapes[node.Name] = TileShape.Of(node.Axes);
            }
            var order = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int i = 0; i < room.Stations.Length; i++)
            {
                order[room.Stations[i].Key] = i;
            }
            for (int i = 0; i < walls.Length; i++)
            {
                if (walls[i].Kind == WallKind.Layer && walls[i].Panels.Length > 0)
                {
                    Add(walls[i].Layer, i, order[walls[i].Station]);
                }
            }
            Place(walls);
        }

        /// <summary>Walls stand elsewhere.</summary>
        public void Place(PlacedWall[] walls)
        {
            Fields = TileField.Of(walls, _shapes);
        }

        /// <summary>Walls that show a layer, as indices.</summary>
        public List<int> WallsOf(string layer)
        {
            List<int> walls;
            return _walls.TryGetValue(layer, out walls) ? walls : None;
        }

        /// <summary>Places of these layers only.</summary>
        public IDictionary<string, int> PlacesOf(HashSet<string> layers)
        {
            _some.Clear();
            foreach (KeyValuePair<string, int> entry in _places)
            {
                if (layers.Contains(entry.Key))
                {
                    _some.Add(entry.Key, entry.Value);
                }
            }
            return _some;
        }

        void Add(string layer, int wall, int place)
        {
            List<int> walls;
            if (!_walls.TryGetValue(layer, out walls))
            {
                _walls[layer] = walls = new List<int>();
                _places[layer] = place;
            }
            walls.Add(wall);
        }
    }
}
