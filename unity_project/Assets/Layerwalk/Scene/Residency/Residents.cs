using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// All layers: their codes here, and their pages in the texture, both within a budget.
    ///
    /// Of a new run the coarse levels come first. They are written beside what is on show, which
    /// fades over to them in 300 ms, later layers 12 ms a station later; detail that comes after
    /// them is added to what is on show. Where there is no room, what is worth least goes.
    /// </summary>
    public sealed class Residents
    {
        public const double FadeS = Fades.DurationS;

        const double StaggerS = 0.012;
        const int MostStaggered = 12; // from this station on all begin together

        readonly ResidentTable _table = new ResidentTable();
        readonly ResidentAtlas _atlas;
        readonly UploadQueue _uploads;
        readonly ResidentPlaces _places;
        readonly ResidentMoves _moves;
        readonly Fades _fades;
        readonly long _budgetBytes;
        readonly List<ResidentLayer> _changed = new List<ResidentLayer>();
        readonly ScaleMeter _meter = new ScaleMeter();
        readonly RunOrder _runs = new RunOrder();

        double _nowS;

        /// <summary>
        /// Pages take at most `budgetBytes` in the texture, and as many here; there is always
        /// one slice, and never more than `maxSlices`, as the device has it.
        /// </summary>
        public Residents(IAtlasTexture texture, long budgetBytes, int maxSlices)
        {
            _budgetBytes = budgetBytes;
            long slices = Math.Min(maxSlices, budgetBytes / AtlasSpace.SliceBytes);
            _atlas = new ResidentAtlas(texture, (int)Math.Max(1, slices));
            _uploads = new UploadQueue(_atlas);
            _places = new ResidentPlaces(_atlas, _uploads, _table, _changed);
            _moves = new ResidentMoves(_atlas, _uploads, _places);
            _fades = new Fades(_atlas, _changed);
        }

        /// <summary>All layers by row.</summary>
        public List<ResidentLayer> Layers
        {
            get { return _table.Layers; }
        }

        /// <summary>
        /// Layers whose record the shaders read has changed. Whoever writes them does so after
        /// every Pump, and clears this: what is shown newly is then of the ranges in Held.
        /// </summary>
        public List<ResidentLayer> Changed
        {
            get { return _changed; }
        }

        /// <summary>Something is to be uploaded, now or when a fade makes room for it.</summary>
        public bool Waiting
        {
            get
            {
                return _uploads.Layers.Count > 0 || (_places.Lacking && _fades.Any)
                    || _moves.Any;
            }
        }

        /// <summary>Bytes of pages that are held here.</summary>
        public long HeldBytes
        {
            get { return _table.HeldBytes; }
        }

        public ResidentLayer Get(string name)
        {
            return _table.Get(name);
        }

        /// <summary>Layers on walls, with the places of their stations along the corridor.</summary>
        public void Display(IDictionary<string, int> places)
        {
            foreach (string name in places.Keys)
            {
                Get(name);
            }
            foreach (ResidentLayer layer in Layers)
            {
                int place;
                layer.Place = places.TryGetValue(layer.Name, out place) ? place : -1;
                if (layer.Place < 0)
                {
                    _places.TakeDown(layer);
                }
                else
                {
                    Advance(layer, 0);
                }
            }
        }

        /// <summary>How much of each layer is wanted from now on.</summary>
        public void SetWants(SightPlan plan)
        {
            _moves.Allow();
            foreach (ResidentLayer layer in Layers)
            {
                layer.Want = plan[layer.Name];
            }
            foreach (string name in plan.Layers)
            {
                ResidentLayer layer = Get(name);
                layer.Want = plan[name];
                Advance(layer, 0);
            }
            foreach (ResidentLayer layer in Layers)
            {
                if (layer.Want.IsNone && layer.Place < 0 && !layer.Held.IsEmpty)
                {
                    TileShape shape = layer.Held.Shape;
                    layer.Held.Drop(Packing.FirstLightLevel(shape.Height, shape.Width));
                }
            }
        }

        /// <summary>
        /// Takes what came, copied; the message may be given back at once. Levels of another run
        /// than before are of the newest.
        /// </summary>
        public void Receive(LayerPages pages, double nowS)
        {
            Pages message = pages.Message;
            _runs.Follow(message, nowS);
            if (message.Levels.Length == 0)
            {
                return;
            }
            _nowS = nowS;
            _moves.Allow();
            EndFades(); // what has faded out makes room for what comes
            ResidentLayer layer = Get(message.Layer);
            bool known = !layer.Held.IsOther(pages, _runs.Generation);
            if (!known)
            {
                Replace(layer);
            }
            layer.Held.Receive(pages, _runs.Generation, _meter);
            foreach (PageLevel level in message.Levels)
            {
                layer.Received |= 1 << (int)level.Level;
            }
            double stagger = StaggerS * Math.Min(Math.Max(0, layer.Place), MostStaggered);
            Advance(layer, known ? 0 : _runs.BeganS + stagger);
            Trim(layer);
        }

        /// <summary>
        /// Uploads up to about `budgetBytes`, layers of the lowest rank first. To be called once
        /// a frame; allocates nothing while nothing changes.
        /// </summary>
        public void Pump(double nowS, long budgetBytes)
        {
            _nowS = nowS;
            EndFades();
            if (_moves.Any && _uploads.Layers.Count == 0 && !_fades.Any)
            {
                _moves.Begin(_table.Ranked(Layers));
            }
            if (_uploads.Layers.Count == 0)
            {
                return;
            }
            if (!_atlas.Grow())
            {
                TakeAllDown();
                _atlas.StayAsItIs();
                FillIn();
            }
            foreach (ResidentLayer layer in _table.Ranked(_uploads.Layers))
            {
                LayerUpload upload = layer.Upload;
                if (upload == null || upload.NotBeforeS > nowS)
                {
                    continue;
                }
                while (upload.Level >= 0 && budgetBytes > 0)
                {
                    budgetBytes -= _uploads.PutPage(layer);
                }
                if (upload.Level >= 0)
                {
                    break;
                }
                Finish(layer, upload);
            }
        }

        /// <summary>The device lost what was in the texture: all of it is uploaded anew.</summary>
        public void Restore()
        {
            TakeAllDown();
            FillIn();
        }

        /// <summary>
        /// Levels of a run that are wanted and came, but were given back, coarse ones first:
        /// nobody will send them again. `found` is called with layer and level.
        /// </summary>
        public void Missing(long run, Action<ResidentLayer, int> found)
        {
            if (_runs.IsNewest(run))
            {
                _table.Missing(_runs.Generation, found);
            }
        }

        /// <summary>Another network: nothing of the former one stays.</summary>
        public void Clear()
        {
            _table.Clear();
            _uploads.Clear();
            _fades.Clear();
            _changed.Clear();
            _atlas.Clear();
            _runs.Forget();
            _places.Lacking = false;
        }

        /// <summary>Runs are numbered anew: what comes is not of those that are here.</summary>
        public void ForgetRun()
        {
            _runs.Forget();
        }

        void TakeAllDown()
        {
            foreach (ResidentLayer layer in Layers)
            {
                _places.TakeDown(layer);
            }
        }

        // What is held of a layer is about to be overwritten.
        void Replace(ResidentLayer layer)
        {
            _uploads.Cancel(layer);
            layer.Received = 0;
            if (layer.Shown != null && layer.Shown.Generation == _runs.Generation)
            {
                _places.TakeDown(layer); // its tiles have other sizes than those to come
            }
        }

        // Begins to upload what is here and wanted, and not in the texture.
        void Advance(ResidentLayer layer, double notBeforeS)
        {
            HeldCodes held = layer.Held;
            LayerUpload before = layer.Upload;
            if (layer.Place < 0 || layer.Want.IsNone || held.IsEmpty || held.Coarsest < 0)
            {
                return;
            }
            if (before != null && before.Begun && before.Target.Generation == held.Generation)
            {
                return;
            }
            notBeforeS = before == null ? notBeforeS : Math.Max(notBeforeS, before.NotBeforeS);
            _uploads.Cancel(layer);
            ShownLevels shown = layer.Shown;
            bool grows = shown != null && shown.Generation == held.Generation
                && shown.Coarsest >= held.Coarsest;
            if (grows && shown.Finest <= Math.Max(layer.Want.Finest, held.Finest))
            {
                return;
            }
            LayerUpload upload = _uploads.Take();
            _places.Take(layer, upload, grows ? shown.Finest : -1);
            if (!upload.Start())
            {
                _uploads.GiveBack(upload);
                return;
            }
            // Taking places may have shrunk what is on show, but not to something else.
            upload.Target = grows ? shown : new ShownLevels(held.Shape, held.Generation);
            upload.NotBeforeS = notBeforeS;
            _uploads.Begin(layer, upload);
        }

        void Finish(ResidentLayer layer, LayerUpload upload)
        {
            ShownLevels target = upload.Target;
            int before = target.Finest;
            for (int level = 0; level < Want.MostLevels; level++)
            {
                if (!upload.Places[level].IsNone)
                {
                    target.Places[level] = upload.Places[level];
                    target.Columns[level] = upload.Columns[level];
                }
            }
            target.Finest = Array.FindIndex(target.Places, place => !place.IsNone);
            target.Coarsest = Array.FindLastIndex(target.Places, place => !place.IsNone);
            target.Scale = layer.Held.Scale;
            target.HasSpecials = layer.Held.HasSpecials;
            _uploads.End(layer);
            if (target == layer.Shown)
            {
                layer.FinestBefore = before;
                layer.RefinedS = _nowS;
            }
            else
            {
                _fades.Begin(layer, target, _nowS);
            }
            _changed.Add(layer);
            Advance(layer, 0);
        }

        // Keeps what is held within the budget, now that some of `layer` came.
        void Trim(ResidentLayer layer)
        {
            long bytes = HeldBytes;
            foreach (ResidentLayer other in Layers)
            {
                bytes -= bytes > _budgetBytes ? other.Held.FreeSpares() : 0;
            }
            while (bytes > _budgetBytes)
            {
                int finest;
                ResidentLayer victim = Victims.Find(Layers, layer, false, out finest);
                if (victim == null)
                {
                    return;
                }
                _uploads.Cancel(victim);
                long before = victim.Held.Bytes;
                victim.Held.Drop(finest);
                bytes -= before - victim.Held.Bytes;
                Advance(victim, 0);
            }
        }

        void EndFades()
        {
            if (_fades.End(_nowS) && _places.Lacking)
            {
                FillIn();
            }
        }

        // Places were given back: those that there was no room for take them, in order of sight.
        void FillIn()
        {
            _places.Lacking = false;
            foreach (ResidentLayer layer in _table.Ranked(Layers))
            {
                Advance(layer, 0);
            }
        }
    }
}
