using System.Diagnostics;
using Layerwalk.Protocol;

namespace Layerwalk.Client
{
    /// <summary>The newest run of the input frame that is shown.</summary>
    public sealed class RunState
    {
        public readonly long Id;
        public readonly string Name;

        /// <summary>Id of the picture on the shelf; "" for another image.</summary>
        public readonly string Picture;

        /// <summary>The live source that the image is a frame of, "" for a still image; and its
        /// place there.</summary>
        public readonly string Live;

        public readonly long Position;

        /// <summary>When the frame was captured, on the clock of `NowS`.</summary>
        public readonly double CapturedS;

        public RunState(InputPlaced placed)
        {
            Live = placed.Live;
            Position = placed.Position;
            CapturedS = NowS - placed.AgeS;
            Id = placed.Run;
            Name = placed.Name;
            Picture = placed.Picture;
            Failure = "";
        }

        /// <summary>Seconds on a clock that only goes on.</summary>
        public static double NowS
        {
            get { return (double)Stopwatch.GetTimestamp() / Stopwatch.Frequency; }
        }

        /// <summary>Every page that was asked for has come.</summary>
        public bool Complete { get; internal set; }

        /// <summary>Seconds that it took, once it is complete.</summary>
        public double Seconds { get; internal set; }

        /// <summary>Why the forward pass failed; "" if it did not.</summary>
        public string Failure { get; internal set; }

        /// <summary>What came, why not, and what to do, of a run that failed.</summary>
        public string FailureWords
        {
            get
            {
                string what = Name == "" ? "This image" : Name;
                string why = Failure.TrimEnd(' ', '.', ';', '\n', '\r');
                return what + " did not come through the network: " + why
                    + ". Place another image.";
            }
        }
    }
}
