using System;
using Layerwalk.Protocol;
using Layerwalk.Scene;
using UnityEngine;
using UnityEngine.Experimental.Rendering;
using UnityEngine.Rendering;

namespace Layerwalk.Client
{
    /// <summary>The texture array of all pages.</summary>
    public abstract class AtlasTexture : IAtlasTexture, IDisposable
    {
        protected const int Edge = WireFormat.PageEdge;

        // Devices take no texture of 2 GiB or more, and Direct3D 11 promises a quarter of its own
        // memory only, but never less than 128 MiB.
        const int MostMiB = 2047, LeastMiB = 128;

        const CopyTextureSupport Copies = CopyTextureSupport.Basic
            | CopyTextureSupport.DifferentTypes | CopyTextureSupport.TextureToRT;

        readonly Action<Texture> _bind;

        protected AtlasTexture(Action<Texture> bind)
        {
            _bind = bind;
        }

        /// <summary>So many slices the device has at most, each of 1 MiB.</summary>
        public static int MostSlices
        {
            get
            {
                bool old = SystemInfo.graphicsDeviceType == GraphicsDeviceType.Direct3D11;
                int most = old
                    ? Math.Max(LeastMiB, SystemInfo.graphicsMemorySize / 4) : MostMiB;
                return Math.Min(SystemInfo.maxTextureArraySlices, Math.Min(MostMiB, most));
            }
        }

        public abstract int Depth { get; }

        public abstract Texture Slices { get; }

        /// <summary>How often bytes went from the main memory to the device.</summary>
        public int Batches { get; protected set; }

        /// <summary>`bind` tells the shaders of the texture, whenever it is another one.</summary>
        public static AtlasTexture Make(Action<Texture> bind)
        {
            bool copies = (SystemInfo.copyTextureSupport & Copies) == Copies
                && SystemInfo.IsFormatSupported(
                    GraphicsFormat.R8_UNorm, GraphicsFormatUsage.Render);
            return copies ? (AtlasTexture)new CopiedAtlas(bind) : new AppliedAtlas(bind);
        }

        /// <summary>MiB that the device had no room for; 0: it never lacked any.</summary>
        public int Refused { get; protected set; }

        public abstract bool Reserve(int slices);

        /// <summary>
        /// Whether the device lost what was in it, as some do when they sleep or change screens;
        /// then it is there again, with nothing in it.
        /// </summary>
        public abstract bool Restore();

        public abstract void Put(
            int slice, int x, int y, int width, int height, ArraySegment<byte> pixels);

        /// <summary>Brings all that was put to its place.</summary>
        public abstract void Flush();

        public abstract void Dispose();

        /// <summary>Sets a new texture up, and tells the shaders of it.</summary>
        protected void Bind(Texture slices)
        {
            slices.name = "Layerwalk pages";
            slices.hideFlags = HideFlags.HideAndDontSave;
            slices.filterMode = FilterMode.Bilinear;
            slices.wrapMode = TextureWrapMode.Clamp;
            _bind(slices);
        }
    }
}
