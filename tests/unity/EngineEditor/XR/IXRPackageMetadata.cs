namespace UnityEditor.XR.Management.Metadata
{
    public interface IXRPackageMetadata
    {
        string packageName { get; }

        string packageId { get; }
    }
}
