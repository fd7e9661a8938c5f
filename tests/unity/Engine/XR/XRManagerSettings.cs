using System.Collections;
using UnityDouble;

namespace UnityEngine.XR.Management
{
    public sealed partial class XRManagerSettings : ScriptableObject
    {
        public bool isInitializationComplete { get; private set; }

        public XRLoader activeLoader { get; private set; }

        public void InitializeLoaderSync()
        {
            MainThread.Check("InitializeLoaderSync");
            if (activeLoader != null)
            {
                Debug.LogWarning(
                    "XR Management has already initialized an active loader in this scene. Please "
                    + "make "
                    + "sure to stop all subsystems and deinitialize the active loader before "
                    + "initializing a new one.");
                return;
            }
            HeadsetLoader loader = CreateInstance<HeadsetLoader>();
            if (loader.Initialize())
            {
                activeLoader = World.Asset(loader);
                isInitializationComplete = true;
                return;
            }
            DestroyImmediate(loader);
        }

        public IEnumerator InitializeLoader()
        {
            yield return null;
            InitializeLoaderSync();
        }

        public void StartSubsystems()
        {
            if (!isInitializationComplete)
            {
                Debug.LogWarning(
                    "Call to StartSubsystems without an initialized manager. Please make sure "
                    + "wait for "
                    + "initialization to complete before calling this API.");
                return;
            }
            activeLoader.Start();
        }

        public void StopSubsystems()
        {
            if (!isInitializationComplete)
            {
                Debug.LogWarning(
                    "Call to StopSubsystems without an initialized manager. Please make sure wait "
                    + "for "
                    + "initialization to complete before calling this API.");
                return;
            }
            activeLoader.Stop();
        }

        public void DeinitializeLoader()
        {
            if (!isInitializationComplete)
            {
                Debug.LogWarning(
                    "Call to DeinitializeLoader without an initialized manager. Please make sure "
                    + "wait for "
                    + "initialization to complete before calling this API.");
                return;
            }
            StopSubsystems();
            activeLoader.Deinitialize();
            DestroyImmediate(activeLoader, true);
            activeLoader = null;
            isInitializationComplete = false;
        }
    }
}
