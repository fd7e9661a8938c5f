using System;
using UnityEngine;

namespace Layerwalk.Client
{
    /// <summary>What all shaders know of the room.</summary>
    public sealed class Globals : IDisposable
    {
        const double OverviewFog = 0.3;
        const float Grey = 0.85f;

        readonly Texture2D _palette;

        double _sweepS;

        public Globals()
        {
            _palette = new Texture2D(Palette.Size, 2, TextureFormat.RGBA32, false, true)
            {
                name = "Layerwalk palette",
                hideFlags = HideFlags.HideAndDontSave,
                filterMode = FilterMode.Point,
                wrapMode = TextureWrapMode.Clamp,
            };
            _palette.SetPixelData(Palette.Scales, 0);
            _palette.Apply(false, true);
            Shader.SetGlobalTexture(Ids.Palette, _palette);
        }

        /// <summary>How many times as far as usual the visitor is above the room, then.</summary>
        public double OverviewScale { get; set; }

        /// <summary>The visitor is high above the room.</summary>
        public bool Overview { get; set; }

        /// <summary>Colours by each channel's own range, not by the layer's.</summary>
        public bool PerChannel { get; set; }

        /// <summary>What is shown may no longer hold.</summary>
        public bool Stale { get; set; }

        /// <summary>Seconds when another room began to stand.</summary>
        public void BeginSweep(double nowS)
        {
            _sweepS = nowS;
        }

        public void Update(double nowS)
        {
            Shader.SetGlobalFloat(Ids.Time, (float)nowS);
            Shader.SetGlobalFloat(Ids.Sweep, (float)(nowS - _sweepS));
            double scale = Math.Max(1, OverviewScale);
            Shader.SetGlobalFloat(Ids.Fog, Overview ? (float)(OverviewFog / scale) : 1);
            Shader.SetGlobalFloat(Ids.Overview, Overview ? 1 : 0);
            Shader.SetGlobalFloat(Ids.Stale, Stale ? Grey : 0);
            Shader.SetGlobalFloat(Ids.PerChannel, PerChannel ? 1 : 0);
        }

        public void Dispose()
        {
            Materials.Destroy(_palette);
        }
    }
}
