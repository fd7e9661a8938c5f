using System;
using System.Collections.Generic;
using System.Globalization;

namespace Layerwalk.Client
{
    /// <summary>Words and numbers as panels and boards write them.</summary>
    public static class Sentences
    {
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
                lines[most - 1] += " \u2026";
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
