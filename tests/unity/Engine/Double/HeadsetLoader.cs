using UnityEngine.XR.Management;

namespace UnityDouble
{
    /// <summary>Stands for OpenXR.</summary>
    sealed class HeadsetLoader : XRLoader
    {
        public override bool Initialize()
        {
            return Headset.IsPresent;
        }

        public override bool Start()
        {
            Headset.IsRunning = true;
            return true;
        }

        public override bool Stop()
        {
            Headset.IsRunning = false;
            return true;
        }

        public override T GetLoadedSubsystem<T>()
        {
            return Headset.Subsystem as T;
        }
    }
}
