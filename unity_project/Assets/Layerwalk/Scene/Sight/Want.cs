namespace Layerwalk.Scene
{
    /// <summary>How much of a layer is wanted.</summary>
    public readonly struct Want
    {
        /// <summary>Levels that a tile of 4096 pixels has, less its last.</summary>
        public const int MostLevels = 12;

        public static readonly Want None = new Want(int.MaxValue, MostLevels, MostLevels);

        /// <summary>Its place in order of sight.</summary>
        public readonly int Rank;

        /// <summary>The finest level that is worth having where the visitor stands.</summary>
        public readonly int Finest;

        /// <summary>The finest level that is kept wherever the visitor stands.</summary>
        public readonly int Coarse;

        public Want(int rank, int finest, int coarse)
        {
            Rank = rank;
            Finest = finest;
            Coarse = coarse;
        }

        public bool IsNone
        {
            get { return Rank == int.MaxValue; }
        }
    }
}
