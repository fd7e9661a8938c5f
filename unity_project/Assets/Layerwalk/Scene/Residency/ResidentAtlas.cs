using System;

namespace Layerwalk.Scene
{
    /// <summary>The texture of all pages, and who has which place in it.</summary>
    sealed class ResidentAtlas
    {
        const double Growth = 1.25; // growing copies all there is, so not for every slice

        readonly IAtlasTexture _texture;
        readonly AtlasAllocator _places;
        int _limit;

        public ResidentAtlas(IAtlasTexture texture, int maxSlices)
        {
            _texture = texture;
            _limit = maxSlices;
            _places = new AtlasAllocator(maxSlices);
        }

        public bool TryTake(int width, int height, out AtlasPlace place)
        {
            return _places.TryTake(width, height, out place);
        }

        /// <summary>Slices there may be.</summary>
        public int Limit
        {
            get { return _limit; }
        }

        /// <summary>No place is taken in so many slices from one on; 0: in all there are.</summary>
        public void Close(int first, int count)
        {
            _places.Close(first, count);
        }

        /// <summary>Gives a place back, if it is one; then it is none.</summary>
        public void GiveBack(ref AtlasPlace place)
        {
            if (!place.IsNone)
            {
                _places.GiveBack(place);
            }
            place = default(AtlasPlace);
        }

        /// <summary>Gives all places of something shown back; null has none.</summary>
        public void Release(ShownLevels shown)
        {
            for (int level = 0; shown != null && level < Want.MostLevels; level++)
            {
                GiveBack(ref shown.Places[level]);
            }
        }

        /// <summary>
        /// Gives the texture the slices that places were taken from; false where the device has no
        /// room for them.
        /// </summary>
        public bool Grow()
        {
            int used = _places.Used;
            int wanted = Math.Min(_limit, (int)Math.Ceiling(Growth * used));
            return used <= _texture.Depth || _texture.Reserve(wanted)
                || (wanted > used && _texture.Reserve(used));
        }

        /// <summary>Makes do with the slices there are; all places have to be taken anew.</summary>
        public void StayAsItIs()
        {
            _limit = _texture.Depth;
            _places.Limit(_limit);
        }

        /// <summary>Writes a page of a level that is so many pixels wide.</summary>
        public void Put(AtlasPlace place, int page, int width, ArraySegment<byte> pixels)
        {
            int rows = pixels.Count / width;
            _texture.Put(place.Slice + page, place.X, place.Y, width, rows, pixels);
        }

        public void Clear()
        {
            _places.Clear();
        }
    }
}
