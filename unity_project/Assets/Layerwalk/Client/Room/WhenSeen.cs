namespace Layerwalk.Client
{
    /// <summary>When a line is seen; the numbers are those of the shader.</summary>
    public enum WhenSeen
    {
        Always = 0,
        Inside = 1,
        Overview = 2,
    }
}
