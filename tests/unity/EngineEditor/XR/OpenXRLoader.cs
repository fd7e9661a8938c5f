using UnityEngine.XR.Management;

namespace UnityEngine.XR.OpenXR
{
    public class OpenXRLoader : XRLoader
    {
        public override T GetLoadedSubsystem<T>()
        {
            return null;
        }
    }
}
