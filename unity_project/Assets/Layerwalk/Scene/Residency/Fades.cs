using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>Layers whose former picture is still there, behind the one on show.</summary>
    sealed class Fades
    {
        public const double DurationS = 0.3;

        readonly ResidentAtlas _atlas;
        readonly List<ResidentLayer> _changed;
        readonly List<ResidentLayer> _fading = new List<ResidentLayer>();

        public Fades(ResidentAtlas atlas, List<ResidentLayer> changed)
        {
            _atlas = atlas;
            _changed = changed;
        }

        public bool Any
        {
            get { return _fading.Count > 0; }
        }

        /// <summary>A new run's picture: what was on show fades over to it.</summary>
        public void Begin(ResidentLayer layer, ShownLevels next, double nowS)
        {
            _atlas.Release(layer.Former);
            bool fades = layer.Shown != null && layer.Shown.HasSameShape(next);
            if (!fades)
            {
                _atlas.Release(layer.Shown);
            }
            layer.Former = fades ? layer.Shown : null;
            layer.Shown = next;
            layer.SinceS = nowS;
            layer.FinestBefore = next.Finest;
            layer.RefinedS = double.NegativeInfinity;
            if (fades && !_fading.Contains(layer))
            {
                _fading.Add(layer);
            }
        }

        /// <summary>Ends those that are over now; whether places were given back.</summary>
        public bool End(double nowS)
        {
            bool ended = false;
            for (int i = _fading.Count - 1; i >= 0; i--)
            {
                ResidentLayer layer = _fading[i];
                if (nowS >= layer.SinceS + DurationS)
                {
                    _fading.RemoveAt(i);
                    _atlas.Release(layer.Former);
                    layer.Former = null;
                    _changed.Add(layer);
                    ended = true;
                }
            }
            return ended;
        }

        public void Clear()
        {
            _fading.Clear();
        }
    }
}
