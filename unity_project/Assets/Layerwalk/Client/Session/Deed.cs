namespace Layerwalk.Client
{
    /// <summary>What a visitor did to one place of the shared document.</summary>
    public sealed class Deed
    {
        /// <summary>How it is called: "moving layer1.0".</summary>
        public readonly string What;

        public readonly string[] Path;

        /// <summary>What stood there before it and after it; null for nothing.</summary>
        public readonly object Before, After;

        public Deed(string what, string[] path, object before, object after)
        {
            What = what;
            Path = path;
            Before = before;
            After = after;
        }

        public Deed Reversed
        {
            get { return new Deed(What, Path, After, Before); }
        }
    }
}
