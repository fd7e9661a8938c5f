namespace Layerwalk.Scene
{
    /// <summary>What the colours of a layer span: low .. high, in its own values.</summary>
    public readonly struct DisplayScale
    {
        public readonly double Low;
        public readonly double High;

        /// <summary>Some values are negative: the colours are drawn around zero.</summary>
        public readonly bool Signed;

        public DisplayScale(double low, double high, bool signed)
        {
            Low = low;
            High = high;
            Signed = signed;
        }
    }
}
