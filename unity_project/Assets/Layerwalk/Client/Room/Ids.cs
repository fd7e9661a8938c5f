using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>Names that the shaders know; shaders/README.md says what each is.</summary>
    static class Ids
    {
        public static readonly int Time = Of("Time"), Fog = Of("Fog"), Overview = Of("Overview"),
            Stale = Of("Stale"), PerChannel = Of("PerChannel"), Sweep = Of("Sweep"),
            Walls = Of("Walls"), Panels = Of("Panels"), Layers = Of("Layers"),
            Ranges = Of("Ranges"), TileColours = Of("TileColours"), Palette = Of("Palette"),
            Numbers = Of("Numbers"), Pages = Of("Pages"), Pictures = Of("Pictures"),
            Glyphs = Of("Glyphs"), GlyphRange = Of("GlyphRange"), DepthTest = Of("DepthTest");

        public const string Fading = "LAYERWALK_FADING";

        static int Of(string name)
        {
            return Shader.PropertyToID("_Layerwalk" + name);
        }
    }
}
