using UnityDouble;

namespace UnityEngine
{
    /// <summary>What comes with the engine.</summary>
    public sealed partial class Resources
    {
        static Font _font;

        public static T GetBuiltinResource<T>(string path)
            where T : Object
        {
            MainThread.Check("GetBuiltinResource");
            if (typeof(T) != typeof(Font) || path != "LegacyRuntime.ttf")
            {
                Debug.LogError(
                    "The resource " + path + " could not be loaded from the resource file!");
                return null;
            }
            if (_font == null)
            {
                _font = World.Asset(new Font("LegacyRuntime"));
                _font.material = World.Asset(new Material(Shader.Named("GUI/Text Shader")));
            }
            return (T)(Object)_font;
        }
    }
}
