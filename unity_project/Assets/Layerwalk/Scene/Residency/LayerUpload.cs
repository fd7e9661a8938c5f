namespace Layerwalk.Scene
{
    /// <summary>Levels of a layer on their way into the texture, coarse ones first.</summary>
    sealed class LayerUpload
    {
        /// <summary>What they are for: on show already, or not yet.</summary>
        public ShownLevels Target;

        /// <summary>Their places by level; places that are none for others.</summary>
        public readonly AtlasPlace[] Places = new AtlasPlace[Want.MostLevels];

        public readonly int[] Columns = new int[Want.MostLevels];

        /// <summary>Seconds; not before then.</summary>
        public double NotBeforeS;

        /// <summary>What comes next; level -1 when all is there.</summary>
        public int Level, Page;

        public bool Begun;

        /// <summary>Whether there is anything to upload.</summary>
        public bool Start()
        {
            Begun = false;
            Page = 0;
            Level = Want.MostLevels;
            NextLevel();
            return Level >= 0;
        }

        /// <summary>Moves on to the next page, of a level with so many.</summary>
        public void Next(long pages)
        {
            Begun = true;
            if (++Page >= pages)
            {
                Page = 0;
                NextLevel();
            }
        }

        void NextLevel()
        {
            do
            {
                Level--;
            }
            while (Level >= 0 && Places[Level].IsNone);
        }
    }
}
