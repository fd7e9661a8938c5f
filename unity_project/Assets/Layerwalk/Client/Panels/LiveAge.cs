using System;

namespace Layerwalk.Client
{
    /// <summary>How old what is shown is, in words that are made anew only where they change.
    /// </summary>
    public sealed class LiveAge
    {
        const double InTenthsS = 10; // younger ones are told to a tenth

        string _words = "";
        int _tenths = -1;

        /// <summary>The same string as before while it says the same.</summary>
        public string Of(LiveInput live)
        {
            double? age = live.AgeS;
            if (!age.HasValue || live.State.Error != "")
            {
                return LiveWords.Age(live);
            }
            double seconds = Math.Min(age.Value, 1e6);
            int tenths = seconds < InTenthsS
                ? (int)Math.Round(10 * seconds) : 10 * (int)Math.Round(seconds);
            if (tenths != _tenths)
            {
                _tenths = tenths;
                _words = LiveWords.Old(tenths / 10.0);
            }
            return _words;
        }
    }
}
