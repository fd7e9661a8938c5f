using System.Collections.Generic;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>Blits since the start.</summary>
    public static partial class Player
    {
        public static readonly List<KeyValuePair<Texture, RenderTexture>> Blits =
            new List<KeyValuePair<Texture, RenderTexture>>();
    }
}
