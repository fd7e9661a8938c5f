namespace Layerwalk.Client
{
    /// <summary>How the visitor likes to be moved.</summary>
    public sealed class Comfort
    {
        public Comfort()
        {
            Vignette = 0.7;
            Smooth = true;
        }

        /// <summary>How dark the edge of sight gets in motion, 0 .. 1.</summary>
        public double Vignette { get; set; }

        /// <summary>The left stick walks; teleporting is there in any case.</summary>
        public bool Smooth { get; set; }

        /// <summary>The right stick turns smoothly, and not by 30 degrees a flick.</summary>
        public bool SmoothTurn { get; set; }

        /// <summary>Motion is unwanted: at a desk, too, every jump goes through the dark.
        /// </summary>
        public bool Calm { get; set; }
    }
}
