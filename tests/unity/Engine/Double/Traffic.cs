namespace UnityDouble
{
    /// <summary>What went from the main memory to the graphics device.</summary>
    public static class Traffic
    {
        /// <summary>Bytes of textures that Apply has sent since the player began.</summary>
        public static long TextureBytes { get; internal set; }

        internal static void Clear()
        {
            TextureBytes = 0;
        }
    }
}
