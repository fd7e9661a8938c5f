using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// What is wanted of each layer: coarse levels of all, then, in order of sight, as much
    /// detail as is worth it while there is room. The bridge counts the same way.
    /// </summary>
    public sealed class SightPlan
    {
        const double Blended = 0.35; // the shader blends two levels between 0.35 and 0.65
        const double Ahead = 0.5; // levels are asked for before they are seen,
        const double Behind = 0.9; // and kept a while after

        readonly Dictionary<string, Want> _wants =
            new Dictionary<string, Want>(StringComparer.Ordinal);
        readonly List<string> _layers = new List<string>();
        readonly LayerCost.Table _costs;

        int[] _coarse = new int[64];

        public SightPlan(LayerCost.Table costs)
        {
            _costs = costs;
        }

        /// <summary>In order of sight.</summary>
        public List<string> Layers
        {
            get { return _layers; }
        }

        /// <summary>What all of it costs.</summary>
        public LayerCost Cost { get; private set; }

        /// <summary>What is wanted of a layer; Want.None for nothing.</summary>
        public Want this[string layer]
        {
            get
            {
                Want want;
                return _wants.TryGetValue(layer, out want) ? want : Want.None;
            }
        }

        /// <summary>
        /// Plans anew. `before` is the plan until now, and not this one; layers that are seen at
        /// an infinite area are wanted whole.
        /// </summary>
        public void Make(OrderOfSight seen, SightBounds bounds, SightPlan before)
        {
            _wants.Clear();
            _layers.Clear();
            Cost = ChooseCoarse(seen, bounds);
            for (int rank = 0; rank < seen.Count; rank++)
            {
                Seen one = seen.Layers[rank];
                int finest = Finest(one, _coarse[rank], bounds, before);
                Cost = Cost.Plus(More(one.Shape, finest, _coarse[rank]));
                _layers.Add(one.Layer);
                _wants[one.Layer] = new Want(rank, finest, _coarse[rank]);
            }
        }

        /// <summary>
        /// The finest level worth having at a level of detail; `before` was it until now, or
        /// Want.MostLevels and more for none.
        /// </summary>
        public static int FinestWorth(double level, int before)
        {
            int soon = Math.Max(0, (int)Math.Floor(level + Blended - Ahead));
            if (before >= Want.MostLevels || soon <= before)
            {
                return soon;
            }
            return Math.Max(before, (int)Math.Floor(level + Blended - Behind));
        }

        int Finest(Seen one, int coarse, SightBounds bounds, SightPlan before)
        {
            int known = before == null ? Want.MostLevels : before[one.Layer].Finest;
            int worth = double.IsInfinity(one.Area) ? 0 : FinestWorth(one.Level, known);
            int finest = Math.Min(coarse, Math.Max(worth, FinestThatFits(one.Shape, bounds.Edge)));
            while (finest < coarse)
            {
                LayerCost all = Cost.Plus(More(one.Shape, finest, coarse));
                if (all.Bytes <= bounds.Bytes && all.Slices <= bounds.Slices)
                {
                    break;
                }
                finest++;
            }
            return finest;
        }

        // First light, or as many levels coarser, of all layers, as it takes for the bytes to
        // suffice.
        LayerCost ChooseCoarse(OrderOfSight seen, SightBounds bounds)
        {
            if (_coarse.Length < seen.Count)
            {
                _coarse = new int[2 * seen.Count];
            }
            for (int by = 0; ; by++)
            {
                var cost = new LayerCost();
                for (int i = 0; i < seen.Count; i++)
                {
                    TileShape shape = seen.Layers[i].Shape;
                    _coarse[i] = Coarser(shape, bounds.Edge, by);
                    cost = cost.Plus(_costs.Of(shape, _coarse[i], _coarse[i]));
                }
                if (cost.Bytes <= bounds.Bytes || by > Want.MostLevels + 1)
                {
                    return cost;
                }
            }
        }

        static int Coarser(TileShape shape, int edge, int by)
        {
            int light = Packing.FirstLightLevel(shape.Height, shape.Width);
            int last = Packing.LevelCount(shape.Height, shape.Width) - 1;
            return Math.Min(last, Math.Max(light, FinestThatFits(shape, edge)) + by);
        }

        LayerCost More(TileShape shape, int finest, int coarse)
        {
            return _costs.Of(shape, finest, coarse).Minus(_costs.Of(shape, coarse, coarse));
        }

        static int FinestThatFits(TileShape shape, int edge)
        {
            int level = 0;
            while (Packing.Halved(Math.Max(shape.Height, shape.Width), level) > edge)
            {
                level++;
            }
            return level;
        }
    }
}
