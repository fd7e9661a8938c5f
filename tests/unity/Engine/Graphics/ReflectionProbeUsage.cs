namespace UnityEngine.Rendering
{
    public enum ReflectionProbeUsage
    {
        Off,
        BlendProbes,
        BlendProbesAndSkybox,
        Simple,
    }
}
