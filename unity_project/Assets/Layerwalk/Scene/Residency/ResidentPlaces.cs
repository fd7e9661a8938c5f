using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>
    /// The places that layers have in the texture. Where there is no room, what is worth least
    /// goes.
    /// </summary>
    sealed class ResidentPlaces
    {
        readonly ResidentAtlas _atlas;
        readonly UploadQueue _uploads;
        readonly ResidentTable _table;
        readonly List<ResidentLayer> _changed;

        public ResidentPlaces(
            ResidentAtlas atlas, UploadQueue uploads, ResidentTable table,
            List<ResidentLayer> changed)
        {
            _atlas = atlas;
            _uploads = uploads;
            _table = table;
            _changed = changed;
        }

        /// <summary>
        /// There was no room for all that is wanted; what fades out may make some.
        /// </summary>
        public bool Lacking { get; set; }

        /// <summary>
        /// Places for levels finer than `above` (-1: for all) that are here, without a gap.
        /// </summary>
        public void Take(ResidentLayer layer, LayerUpload upload, int above)
        {
            int last = above;
            for (int level = Want.MostLevels - 1; level >= 0; level--)
            {
                PageLevel packing = layer.Held.Packing(level);
                if (packing == null || (last >= 0 && level >= last))
                {
                    continue;
                }
                bool gap = last >= 0 && level != last - 1;
                bool worth = last < 0 || level >= layer.Want.Finest;
                bool fits = packing.Width <= WireFormat.PageEdge
                    && packing.TileHeight <= WireFormat.PageEdge;
                if (gap || !worth || !fits || !TryPlace(layer, packing, out upload.Places[level]))
                {
                    break;
                }
                upload.Columns[level] = (int)packing.Columns;
                last = level;
            }
        }

        /// <summary>Nothing of a layer is in the texture any more.</summary>
        public void TakeDown(ResidentLayer layer)
        {
            _uploads.Cancel(layer);
            if (layer.Shown != null)
            {
                _changed.Add(layer);
            }
            _atlas.Release(layer.Shown);
            _atlas.Release(layer.Former);
            layer.Shown = layer.Former = null;
        }

        // Where there is no place, others give theirs back, and at last this layer itself.
        bool TryPlace(ResidentLayer layer, PageLevel packing, out AtlasPlace place)
        {
            int height = (int)AtlasSpace.Height(layer.Held.Shape.Tiles, packing);
            while (!_atlas.TryTake((int)packing.Width, height, out place))
            {
                int finest;
                ResidentLayer victim = Victims.Find(_table.Layers, layer, true, out finest);
                if (victim != null)
                {
                    // Once there is room again, a farther one of this run takes its detail back.
                    Lacking |= victim.Shown.Generation >= layer.Held.Generation
                        && finest > victim.Want.Finest;
                    Shrink(victim, finest);
                }
                else if (layer.Shown != null && layer.Shown.Generation != layer.Held.Generation)
                {
                    TakeDown(layer);
                }
                else
                {
                    Lacking = true;
                    return false;
                }
            }
            return true;
        }

        // Gives levels finer than `finest` of what is on show back.
        void Shrink(ResidentLayer layer, int finest)
        {
            ShownLevels shown = layer.Shown;
            if (layer.Upload != null && layer.Upload.Target == shown)
            {
                _uploads.Cancel(layer);
            }
            _atlas.Release(layer.Former);
            layer.Former = null;
            for (int level = 0; level < finest && level < shown.Coarsest; level++)
            {
                _atlas.GiveBack(ref shown.Places[level]);
            }
            shown.Finest = Math.Min(shown.Coarsest, Math.Max(shown.Finest, finest));
            layer.FinestBefore = shown.Finest;
            layer.RefinedS = double.NegativeInfinity;
            _changed.Add(layer);
        }
    }
}
