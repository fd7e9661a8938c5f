using UnityEditor.XR.Management.Metadata;

namespace UnityDouble
{
    sealed class OpenXrMetadata : IXRPackageMetadata
    {
        public const string Package = "com.unity.xr.openxr";

        public string packageName
        {
            get { return "OpenXR XR Plugin"; }
        }

        public string packageId
        {
            get { return Package; }
        }
    }
}
