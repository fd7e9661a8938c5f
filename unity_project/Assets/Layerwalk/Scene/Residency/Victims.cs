using System.Collections.Generic;

namespace Layerwalk.Scene
{
    /// <summary>
    /// Whose fine levels make room: first those that nobody can see, then those of an earlier
    /// run, then those that are farther in order of sight, and at last, of what is only held
    /// here, the farthest of the others, be it the wanted one itself.
    /// </summary>
    static class Victims
    {
        const int BeyondWorth = 0;
        const int OfAnEarlierRun = 1;
        const int Farther = 2;
        const int NearerOrItsOwn = 3; // what is held can come again, what is shown should not go
        const int Nobody = 4;

        /// <summary>
        /// Who gives levels finer than `finest` back, so that `wanted` has room; null for nobody.
        /// </summary>
        public static ResidentLayer Find(
            List<ResidentLayer> layers, ResidentLayer wanted, bool inTexture, out int finest)
        {
            ResidentLayer victim = null;
            int least = Nobody;
            finest = 0;
            foreach (ResidentLayer layer in layers)
            {
                int kind = KindOf(layer, wanted, inTexture);
                bool worse = kind == least && victim != null
                    && layer.Want.Rank <= victim.Want.Rank;
                if (kind > least || kind == Nobody || worse)
                {
                    continue;
                }
                victim = layer;
                least = kind;
                finest = kind == BeyondWorth ? layer.Want.Finest : layer.Want.Coarse;
            }
            return victim;
        }

        static int KindOf(ResidentLayer layer, ResidentLayer wanted, bool inTexture)
        {
            int finest = inTexture ? FinestShown(layer.Shown) : FinestHeld(layer.Held);
            if (finest < 0)
            {
                return Nobody;
            }
            if (finest < layer.Want.Finest)
            {
                return BeyondWorth;
            }
            if (finest >= layer.Want.Coarse)
            {
                return Nobody;
            }
            int generation = inTexture ? layer.Shown.Generation : layer.Held.Generation;
            if (generation < wanted.Held.Generation)
            {
                return OfAnEarlierRun;
            }
            if (layer.Want.Rank > wanted.Want.Rank)
            {
                return Farther;
            }
            return inTexture ? Nobody : NearerOrItsOwn;
        }

        // The finest level, if it is not the only one; else -1.
        static int FinestShown(ShownLevels shown)
        {
            return shown != null && shown.Finest < shown.Coarsest ? shown.Finest : -1;
        }

        static int FinestHeld(HeldCodes held)
        {
            int finest = held.Finest;
            for (int level = finest + 1; finest >= 0 && level < 32; level++)
            {
                if (held.Has(level))
                {
                    return finest;
                }
            }
            return -1;
        }
    }
}
