using Layerwalk.Protocol;
using Layerwalk.Scene;

namespace Layerwalk.Client
{
    /// <summary>One line of text in the room.</summary>
    public struct TextLine
    {
        public Span[] Spans;

        /// <summary>Its origin is where `Align` says, at the middle of the capitals' height.
        /// </summary>
        public Frame Frame;

        /// <summary>Height of capitals in the frame's metres.</summary>
        public double CapM;

        public TextAlign Align;

        /// <summary>Fog per metre.</summary>
        public double Fog;

        /// <summary>Metres at which it has faded out; 0: never.</summary>
        public double FarthestM;

        public WhenSeen Seen;

        /// <summary>Of one span.</summary>
        public static TextLine Of(
            string text, string colour, int weight, Frame frame, double capM,
            TextAlign align = TextAlign.Left)
        {
            return new TextLine
            {
                Spans = new[] { new Span(text, colour, weight) },
                Frame = frame,
                CapM = capM,
                Align = align,
                Fog = 0.02,
            };
        }
    }
}
