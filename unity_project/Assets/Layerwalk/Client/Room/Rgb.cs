namespace Layerwalk.Client
{
    /// <summary>An sRGB colour, 0 .. 1.</summary>
    public readonly struct Rgb
    {
        public readonly float R, G, B;

        public Rgb(float r, float g, float b)
        {
            R = r;
            G = g;
            B = b;
        }

        public Rgb Mixed(Rgb other, float share)
        {
            return new Rgb(
                R + (other.R - R) * share, G + (other.G - G) * share, B + (other.B - B) * share);
        }

        public Rgb Times(float by)
        {
            return new Rgb(R * by, G * by, B * by);
        }

        public Rgb Plus(Rgb other)
        {
            return new Rgb(R + other.R, G + other.G, B + other.B);
        }
    }
}
