using System;
using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Room for large images where what is free lies in small pieces: what stands in the slices
    /// with the least in them is uploaded once more, elsewhere, and fades over to its like.
    /// </summary>
    sealed class ResidentMoves
    {
        const int MostTries = 4; // until something else is wanted, or comes

        readonly ResidentAtlas _atlas;
        readonly UploadQueue _uploads;
        readonly ResidentPlaces _places;
        readonly int[] _taken; // bytes of a slice

        int _tries;

        public ResidentMoves(ResidentAtlas atlas, UploadQueue uploads, ResidentPlaces places)
        {
            _atlas = atlas;
            _uploads = uploads;
            _places = places;
            _taken = new int[atlas.Limit];
        }

        /// <summary>It may help to move something.</summary>
        public bool Any
        {
            get { return _places.Lacking && _tries > 0; }
        }

        /// <summary>Something else is wanted, or came.</summary>
        public void Allow()
        {
            _tries = MostTries;
        }

        /// <summary>
        /// Begins to clear slices for the first of these that lacks detail. To be called when
        /// nothing is on its way, and nothing fades.
        /// </summary>
        public void Begin(List<ResidentLayer> ranked)
        {
            _tries--;
            int height = 0;
            ResidentLayer lacks = ranked.Find(layer => Lacks(layer, out height));
            int count = (height + AtlasSpace.Edge - 1) / AtlasSpace.Edge;
            if (lacks == null || count > _atlas.Limit)
            {
                _tries = 0;
                return;
            }
            int first = LeastTaken(ranked, count);
            _atlas.Close(first, count);
            foreach (ResidentLayer layer in ranked)
            {
                if (layer.Shown != null && Stands(layer.Shown, first, count))
                {
                    Move(layer);
                }
            }
            _atlas.Close(0, 0);
        }

        // Whether there is more of it here than in the texture; how high that is there.
        static bool Lacks(ResidentLayer layer, out int height)
        {
            ShownLevels shown = layer.Shown;
            height = 0;
            bool more = layer.Place >= 0 && shown != null && shown.Finest > layer.Want.Finest
                && shown.Generation == layer.Held.Generation
                && layer.Held.Has(shown.Finest - 1);
            if (more)
            {
                height = (int)AtlasSpace.Height(
                    shown.Shape.Tiles, layer.Held.Packing(shown.Finest - 1));
            }
            return more;
        }

        // The first of so many slices in which the least is to be moved.
        int LeastTaken(List<ResidentLayer> layers, int count)
        {
            Array.Clear(_taken, 0, _taken.Length);
            foreach (ResidentLayer layer in layers)
            {
                for (int level = 0; layer.Shown != null && level < Want.MostLevels; level++)
                {
                    Add(layer.Shown.Places[level]);
                }
            }
            int best = 0;
            long sum = 0, least = long.MaxValue;
            for (int slice = 0; slice < _taken.Length; slice++)
            {
                sum += _taken[slice] - (slice < count ? 0 : _taken[slice - count]);
                if (slice + 1 >= count && sum < least)
                {
                    least = sum;
                    best = slice + 1 - count;
                }
            }
            return best;
        }

        void Add(AtlasPlace place)
        {
            const int edge = AtlasSpace.Edge;
            for (int page = 0; page * edge < place.Height; page++)
            {
                _taken[place.Slice + page] +=
                    place.Width * Math.Min(edge, place.Height - page * edge);
            }
        }

        static bool Stands(ShownLevels shown, int first, int count)
        {
            foreach (AtlasPlace place in shown.Places)
            {
                int pages = (place.Height + AtlasSpace.Edge - 1) / AtlasSpace.Edge;
                if (place.Slice < first + count && first < place.Slice + pages)
                {
                    return true;
                }
            }
            return false;
        }

        void Move(ResidentLayer layer)
        {
            if (layer.Held.IsEmpty || layer.Held.Generation != layer.Shown.Generation
                || layer.Want.IsNone || layer.Upload != null)
            {
                return;
            }
            LayerUpload upload = _uploads.Take();
            _places.Take(layer, upload, -1);
            if (!upload.Start())
            {
                _uploads.GiveBack(upload);
                return;
            }
            upload.Target = new ShownLevels(layer.Held.Shape, layer.Held.Generation);
            upload.NotBeforeS = 0;
            _uploads.Begin(layer, upload);
        }
    }
}
