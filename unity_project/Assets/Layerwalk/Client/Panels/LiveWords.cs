using System;
using System.Collections.Generic;
using System.Globalization;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>What is said of live input; the web viewer's hud/live.ts says the same.</summary>
    static class LiveWords
    {
        static readonly double[] Rates = { 0.2, 0.5, 1, 2, 5, 10, 15, 25, 30, 60 };

        /// <summary>How old what is shown is, or why it has no age.</summary>
        public static string Age(LiveInput live)
        {
            Live state = live.State;
            double? age = live.AgeS;
            if (state == null || state.Error != "")
            {
                return state == null ? "" : "ended";
            }
            if (age.HasValue)
            {
                return Old(age.Value);
            }
            return state.Playing ? "waiting" : live.Ended ? "ended"
                : live.Shown.HasValue ? "paused" : "still image";
        }

        /// <summary>"3 / 6"; "" where there is no end.</summary>
        public static string Where(LiveInput live)
        {
            long frames = live.Source == null ? 0 : live.Source.Frames;
            long at = live.Shown ?? (live.State == null ? null : live.State.Position) ?? 0;
            return frames > 0 ? at + 1 + " / " + frames : "";
        }

        /// <summary>What the button that plays and pauses does next.</summary>
        public static string Play(LiveInput live)
        {
            bool playing = live.State != null && live.State.Playing;
            return playing ? "Pause" : live.Ended ? "Play again" : "Play";
        }

        /// <summary>Of a rate, 0 for the source's own, which may be 0, too.</summary>
        public static string Rate(double rate, double own)
        {
            double shown = rate > 0 ? rate : own;
            return shown > 0 ? Number(shown) + " / s" : "as it comes";
        }

        /// <summary>The rate after this one; the first is the source's own.</summary>
        public static double NextRate(double rate, double own)
        {
            var all = new List<double> { 0 };
            foreach (double one in Rates)
            {
                if (one != own)
                {
                    all.Add(one);
                }
            }
            double now = rate == own ? 0 : rate;
            int next = all.FindIndex(one => one > now);
            return next < 0 ? 0 : all[next];
        }

        /// <summary>Of an age.</summary>
        public static string Old(double seconds)
        {
            string format = seconds < 10 ? "0.0" : "0";
            return seconds.ToString(format, CultureInfo.InvariantCulture) + " s old";
        }

        static string Number(double value)
        {
            return (Math.Round(100 * value) / 100).ToString(CultureInfo.InvariantCulture);
        }
    }
}
