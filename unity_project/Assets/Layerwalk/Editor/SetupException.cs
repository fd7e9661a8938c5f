using System;

namespace Layerwalk.Editor
{
    /// <summary>It cannot be set up or built; the message says why, and what to do.</summary>
    public sealed class SetupException : Exception
    {
        public SetupException(string message)
            : base(message)
        {
        }
    }
}
