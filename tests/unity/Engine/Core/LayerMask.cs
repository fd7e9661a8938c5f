using System;
using System.Linq;

namespace UnityEngine
{
    public struct LayerMask
    {
        static readonly string[] Names =
            { "Default", "TransparentFX", "Ignore Raycast", null, "Water", "UI" };

        public int value { get; set; }

        public static implicit operator int(LayerMask mask)
        {
            return mask.value;
        }

        public static implicit operator LayerMask(int intVal)
        {
            return new LayerMask { value = intVal };
        }

        public static int NameToLayer(string layerName)
        {
            return Array.IndexOf(Names, layerName);
        }

        public static int GetMask(params string[] layerNames)
        {
            return layerNames.Select(NameToLayer).Where(at => at >= 0).Aggregate(
                0, (mask, at) => mask | 1 << at);
        }
    }
}
