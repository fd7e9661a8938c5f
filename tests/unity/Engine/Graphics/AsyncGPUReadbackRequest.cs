using System;
using Unity.Collections;
using UnityDouble;

namespace UnityEngine.Rendering
{
    public partial struct AsyncGPUReadbackRequest
    {
        internal Readback Of;

        public bool done
        {
            get { return Of != null && Of.IsDone; }
        }

        public bool hasError
        {
            get { return Of == null || Of.HasError; }
        }

        public int layerCount
        {
            get { return Of.Depth; }
        }

        public int layerDataSize
        {
            get { return Of.LayerBytes; }
        }

        public int width
        {
            get { return Of.Width; }
        }

        public int height
        {
            get { return Of.Height; }
        }

        public int depth
        {
            get { return Of.Depth; }
        }

        public bool forcePlayerLoopUpdate { get; set; }

        public void Update()
        {
            MainThread.Check("Update");
        }

        public void WaitForCompletion()
        {
            MainThread.Check("WaitForCompletion");
            Of.Finish();
        }

        public NativeArray<T> GetData<T>(int layer = 0)
            where T : struct
        {
            MainThread.Check("GetData");
            if (!done || hasError)
            {
                throw new InvalidOperationException(
                    "Cannot access the data as it is not available");
            }
            if (layer < 0 || layer >= layerCount)
            {
                throw new ArgumentException(
                    "Layer index is out of range " + layer + " / " + layerCount);
            }
            return Texture.AsBytes<T>(Of.Layer(layer));
        }
    }
}
