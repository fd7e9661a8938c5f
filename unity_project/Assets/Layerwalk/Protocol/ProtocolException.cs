using System;

namespace Layerwalk.Protocol
{
    /// <summary>
    /// Bytes that are not what the protocol asks for. Whatever comes over the wire, reading it
    /// throws this and nothing else.
    /// </summary>
    public sealed class ProtocolException : Exception
    {
        /// <summary>What is wrong, as a path or in words: `Pages.tiles`.</summary>
        public readonly string Thing;

        /// <summary>What is wrong with it.</summary>
        public readonly string Fact;

        public ProtocolException(string thing, string fact)
            : base(thing + " " + fact)
        {
            Thing = thing;
            Fact = fact;
        }
    }
}
