using System;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>One line of a panel; one with an action can be clicked.</summary>
    public struct PanelLine
    {
        public readonly Span[] Spans;

        /// <summary>Height of capitals, as a share of the usual one.</summary>
        public readonly double Size;

        /// <summary>What a click does; null for nothing.</summary>
        public readonly Action Clicked;

        public PanelLine(Span[] spans, double size, Action clicked)
        {
            Spans = Sentences.Cut(spans);
            Size = size;
            Clicked = clicked;
        }

        public static PanelLine Title(string text)
        {
            return Of(text, Palette.Text, 600, 1.25, null);
        }

        public static PanelLine Plain(string text)
        {
            return Of(text, Palette.Second, 400, 1, null);
        }

        public static PanelLine Button(string text, Action clicked)
        {
            return Of(text, Palette.Accent, 500, 1, clicked);
        }

        /// <summary>A name and what it is now.</summary>
        public static PanelLine Field(string name, string value, bool chosen, Action clicked)
        {
            string colour = chosen ? Palette.Accent : Palette.Text;
            return new PanelLine(
                new[]
                {
                    new Span(name + "   ", Palette.Second, 400),
                    new Span(chosen ? value + "|" : value, colour, 500),
                },
                1, clicked);
        }

        public static PanelLine Of(
            string text, string colour, int weight, double size, Action clicked)
        {
            return new PanelLine(new[] { new Span(text, colour, weight) }, size, clicked);
        }

        /// <summary>Its text without colours.</summary>
        public string Text
        {
            get { return string.Concat(Array.ConvertAll(Spans, span => span.Text)); }
        }
    }
}
