namespace Layerwalk.Client
{
    /// <summary>When a line is seen; the numbers are those of the shader.</summary>
    public enum WhenSeen
    {
        Always = 0,
        Inside = 1,
        Overview = 2,

        /// <summary>From above; it faces the eye, and its metres are those at 1 m from it.
        /// </summary>
        Label = 3,
    }
}
