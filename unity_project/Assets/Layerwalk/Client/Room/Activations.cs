using System;
using System.Collections.Generic;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>
    /// What the network does to the newest image, on its way from messages to the graphics device,
    /// and the light that it throws on the walls.
    /// </summary>
    public sealed class Activations : IDisposable
    {
        const double LongAgo = -1000;

        readonly HashSet<string> _received = new HashSet<string>(StringComparer.Ordinal);
        readonly LayerTable _table = new LayerTable();
        readonly AtlasTexture _atlas;
        readonly WallTable _wallTable;
        readonly LayersOnWalls _onWalls;

        double _fadingUntilS;
        bool _some; // of the layers are shown: the newest pass failed before it reached the others

        /// <summary>Pages take at most so many bytes, here and on the graphics device.</summary>
        public Activations(
            WallTable walls, LayersOnWalls onWalls, long budgetBytes, Action<Texture> bind)
        {
            _wallTable = walls;
            _onWalls = onWalls;
            _atlas = AtlasTexture.Make(bind);
            Residents = new Residents(_atlas, budgetBytes, AtlasTexture.MostSlices);
        }

        public Residents Residents { get; private set; }

        public LayerTable Table
        {
            get { return _table; }
        }

        public AtlasTexture Atlas
        {
            get { return _atlas; }
        }

        /// <summary>Layers that show something.</summary>
        public int Lit { get; private set; }

        public bool IsFading(double nowS)
        {
            return nowS < _fadingUntilS;
        }

        /// <summary>Other layers stand on the walls.</summary>
        public void Display(PlacedWall[] walls)
        {
            Residents.Display(_onWalls.Places);
            _some = false;
            _table.Reserve(Residents.Layers.Count);
            for (int i = 0; i < walls.Length; i++)
            {
                if (walls[i].Kind == WallKind.Layer)
                {
                    Light(walls, i, LongAgo);
                }
            }
        }

        /// <summary>Colours by each channel's own range, or by the layer's.</summary>
        public void Recolour(PlacedWall[] walls, bool perChannel)
        {
            _table.PerChannel = perChannel;
            foreach (ResidentLayer layer in Residents.Layers)
            {
                if (!_table.Recolour(layer))
                {
                    continue;
                }
                foreach (int wall in _onWalls.WallsOf(layer.Name))
                {
                    Light(walls, wall, LongAgo);
                }
            }
        }

        /// <summary>Another network.</summary>
        public void Clear()
        {
            Residents.Clear();
            _table.Clear();
            Lit = 0;
        }

        /// <summary>A run began: what comes from now on is of it.</summary>
        public void Begin()
        {
            _received.Clear();
            if (_some)
            {
                _some = false;
                Residents.Display(_onWalls.Places);
            }
        }

        /// <summary>The run failed: walls that it did not reach show nothing.</summary>
        public void Fail()
        {
            _some = true;
            Residents.Display(_onWalls.PlacesOf(_received));
        }

        public void Receive(LayerPages pages, double nowS)
        {
            _received.Add(pages.Message.Layer);
            Residents.Receive(pages, nowS);
        }

        /// <summary>Uploads up to about so many bytes, and writes what has changed.</summary>
        public void Pump(PlacedWall[] walls, double nowS, long budgetBytes)
        {
            if (_atlas.Restore())
            {
                Residents.Restore();
            }
            Residents.Pump(nowS, budgetBytes);
            List<ResidentLayer> changed = Residents.Changed;
            if (changed.Count > 0)
            {
                foreach (ResidentLayer layer in changed)
                {
                    _table.Write(layer);
                    foreach (int wall in _onWalls.WallsOf(layer.Name))
                    {
                        Light(walls, wall, nowS);
                    }
                }
                changed.Clear();
                _fadingUntilS = nowS + Residents.FadeS;
                CountLit();
            }
            _atlas.Flush();
            _table.Flush();
        }

        public void Dispose()
        {
            _table.Dispose();
            _atlas.Dispose();
        }

        // A wall's light is the mean colour of its tiles.
        void Light(PlacedWall[] walls, int index, double sinceS)
        {
            PlacedWall wall = walls[index];
            var sum = new Rgb();
            long tiles = 0;
            foreach (Panel panel in wall.Panels)
            {
                Rgb mean;
                if (_table.TryMean(Residents.Get(wall.Layer), panel.First, panel.Count, out mean))
                {
                    sum = sum.Plus(mean.Times(panel.Count));
                    tiles += panel.Count;
                }
            }
            _wallTable.Light(index, sum.Times(1f / Math.Max(1, tiles)), sinceS);
        }

        void CountLit()
        {
            int lit = 0;
            foreach (ResidentLayer layer in Residents.Layers)
            {
                lit += layer.Shown != null ? 1 : 0;
            }
            Lit = lit;
        }
    }
}
