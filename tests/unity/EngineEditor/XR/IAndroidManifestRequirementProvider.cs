namespace Unity.XR.Management.AndroidManifest.Editor
{
    public interface IAndroidManifestRequirementProvider
    {
        ManifestRequirement ProvideManifestRequirement();
    }
}
