using System;
using System.Collections.Generic;
using System.Globalization;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>Words and numbers as panels and boards write them.</summary>
    public static class Sentences
    {
        /// <summary>
        /// Letters of the longest line that anything writes: names come over the wire, and may be
        /// of any length.
        /// </summary>
        public const int LongestLine = 200;

        const string Ellipsis = "\u2026";

        /// <summary>At most so many letters; where some were left out, the last shows it.
        /// </summary>
        public static string Cut(string text, int most = LongestLine)
        {
            if (text.Length <= most)
            {
                return text;
            }
            int end = Math.Max(0, most - 1);
            if (end > 0 && char.IsHighSurrogate(text[end - 1]))
            {
                end--; // half a letter is none
            }
            return text.Substring(0, end) + Ellipsis;
        }

        /// <summary>The same of a line whose parts have colours.</summary>
        public static Span[] Cut(Span[] spans)
        {
            long letters = 0;
            foreach (Span span in spans)
            {
                letters += span.Text.Length;
            }
            if (letters <= LongestLine)
            {
                return spans;
            }
            var cut = new List<Span>();
            int left = LongestLine;
            for (int i = 0; i < spans.Length && left > 0; i++)
            {
                Span span = spans[i];
                bool last = i + 1 < spans.Length && span.Text.Length == left;
                string text = last ? Cut(span.Text + Ellipsis, left) : Cut(span.Text, left);
                cut.Add(new Span(text, span.Colour, span.Weight));
                left -= span.Text.Length;
            }
            return cut.ToArray();
        }

        /// <summary>
        /// Lines of at most so many letters, broken between words; it shows where some were left
        /// out.
        /// </summary>
        public static List<string> Broken(string text, int letters, int most)
        {
            return Broken(text, letters, most, line => line.Length);
        }

        /// <summary>The same for any measure of a line.</summary>
        public static List<string> Broken(
            string text, double wide, int most, Func<string, double> measure)
        {
            var lines = new List<string>();
            char[] spaces = { ' ', '\n', '\r', '\t' };
            foreach (string word in text.Split(spaces, StringSplitOptions.RemoveEmptyEntries))
            {
                if (lines.Count > most)
                {
                    break; // what follows is not shown
                }
                int last = lines.Count - 1;
                string longer = last < 0 ? word : lines[last] + " " + word;
                if (last >= 0 && measure(longer) <= wide)
                {
                    lines[last] = longer;
                }
                else
                {
                    lines.Add(word);
                }
            }
            if (lines.Count > most)
            {
                lines.RemoveRange(most, lines.Count - most);
                lines[most - 1] += " " + Ellipsis;
            }
            return lines;
        }

        /// <summary>78.4 %, 7.1 %, 0.29 %.</summary>
        public static string Percent(double share)
        {
            double percent = 100 * share;
            string digits = percent >= 99.95 ? "0" : percent >= 1 ? "0.0" : "0.00";
            return percent.ToString(digits, CultureInfo.InvariantCulture) + " %";
        }
    }
}
