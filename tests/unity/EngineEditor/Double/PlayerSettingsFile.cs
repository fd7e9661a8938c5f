namespace UnityDouble
{
    /// <summary>ProjectSettings.asset, whose fields have no other way to them.</summary>
    public sealed class PlayerSettingsFile : UnityEngine.Object
    {
        int activeInputHandler;

        internal PlayerSettingsFile()
        {
            Born();
        }

        /// <summary>0 the old input, 1 the new, 2 both.</summary>
        public int Input
        {
            get { return activeInputHandler; }
            set { activeInputHandler = value; }
        }
    }
}
