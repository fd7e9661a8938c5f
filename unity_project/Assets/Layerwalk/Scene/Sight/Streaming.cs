using System;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Says what to ask the bridge for, in order of sight, whenever that has changed. To be
    /// called every frame; it looks a few times a second at most, and only after Changed.
    /// </summary>
    public sealed class Streaming
    {
        const double WalkingS = 0.35;
        const double StillS = 0.06;
        const double AskedFor = 0.9; // of the budget; the rest is for what is on its way

        readonly OrderOfSight _seen = new OrderOfSight();
        readonly SightRequest _draft = new SightRequest();
        readonly Seen[] _nothing = new Seen[0];

        SightPlan _plan, _before;
        Request _requested;
        bool _dirty = true;
        double _lookedS = double.NegativeInfinity;

        public Streaming()
        {
            var costs = new LayerCost.Table();
            _plan = new SightPlan(costs);
            _before = new SightPlan(costs);
        }

        /// <summary>What is wanted now.</summary>
        public SightPlan Plan
        {
            get { return _plan; }
        }

        /// <summary>Something else may be in sight: the visitor, a wall, the room.</summary>
        public void Changed()
        {
            _dirty = true;
        }

        /// <summary>The bridge knows of no request: another session or network.</summary>
        public void Forget()
        {
            _requested = null;
            Changed();
        }

        /// <summary>
        /// Looks, if it is time to. True: `Plan` is new; `request` is what to ask for, null where
        /// that was asked for already. `chosen` may be null.
        /// </summary>
        public bool Update(
            double nowS, bool walking, TileField[] fields, Outlook outlook, Seen[] chosen,
            string network, long budgetBytes, int edge, out Request request)
        {
            request = null;
            if (!_dirty || nowS - _lookedS < (walking ? WalkingS : StillS))
            {
                return false;
            }
            _lookedS = nowS;
            _dirty = false;
            _seen.Look(fields, outlook, chosen ?? _nothing);
            SightPlan next = _before;
            long most = (long)(AskedFor * budgetBytes);
            next.Make(_seen, SightBounds.Of(most, edge), _plan);
            _before = _plan;
            _plan = next;
            if (_plan.Layers.Count > 0)
            {
                _draft.Make(_plan);
                bool same = _requested != null && _draft.IsSame(_requested, network, most, edge);
                request = same ? null : _draft.Build(network, most, edge);
                _requested = request ?? _requested;
            }
            return true;
        }
    }
}
