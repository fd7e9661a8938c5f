using UnityEngine;

namespace UnityEngine.Rendering.Universal
{
    public abstract partial class ScriptableRendererData : ScriptableObject
    {
    }
}
