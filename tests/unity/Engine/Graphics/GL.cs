namespace UnityEngine
{
    /// <summary>State of the graphics device.</summary>
    public sealed partial class GL
    {
        /// <summary>What is drawn into sRGB targets is converted.</summary>
        public static bool sRGBWrite { get; set; }
    }
}
