using System;
using System.Collections.Generic;
using Layerwalk.Protocol;

namespace Layerwalk.Scene
{
    /// <summary>Layers with levels on their way into the texture.</summary>
    sealed class UploadQueue
    {
        readonly ResidentAtlas _atlas;
        readonly List<ResidentLayer> _layers = new List<ResidentLayer>();
        readonly Stack<LayerUpload> _spares = new Stack<LayerUpload>();

        public UploadQueue(ResidentAtlas atlas)
        {
            _atlas = atlas;
        }

        /// <summary>In no order.</summary>
        public List<ResidentLayer> Layers
        {
            get { return _layers; }
        }

        /// <summary>An upload to be filled, without places.</summary>
        public LayerUpload Take()
        {
            LayerUpload upload = _spares.Count > 0 ? _spares.Pop() : new LayerUpload();
            Array.Clear(upload.Places, 0, Want.MostLevels);
            return upload;
        }

        /// <summary>One that was taken, but not begun.</summary>
        public void GiveBack(LayerUpload upload)
        {
            upload.Target = null;
            _spares.Push(upload);
        }

        public void Begin(ResidentLayer layer, LayerUpload upload)
        {
            layer.Upload = upload;
            _layers.Add(layer);
        }

        /// <summary>Writes the next page of a layer; how many bytes that were.</summary>
        public long PutPage(ResidentLayer layer)
        {
            LayerUpload upload = layer.Upload;
            PageLevel packing = layer.Held.Packing(upload.Level);
            ArraySegment<byte> pixels = layer.Held.Page(upload.Level, upload.Page);
            AtlasPlace place = upload.Places[upload.Level];
            _atlas.Put(place, upload.Page, (int)packing.Width, pixels);
            upload.Next(packing.Pages);
            return pixels.Count;
        }

        /// <summary>Gives the places of what was to be uploaded back, if anything was.</summary>
        public void Cancel(ResidentLayer layer)
        {
            if (layer.Upload == null)
            {
                return;
            }
            for (int level = 0; level < Want.MostLevels; level++)
            {
                _atlas.GiveBack(ref layer.Upload.Places[level]);
            }
            End(layer);
        }

        /// <summary>All is there: the places belong to what is shown.</summary>
        public void End(ResidentLayer layer)
        {
            GiveBack(layer.Upload);
            layer.Upload = null;
            _layers.Remove(layer);
        }

        public void Clear()
        {
            _layers.Clear();
        }
    }
}
