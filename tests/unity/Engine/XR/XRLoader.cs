namespace UnityEngine.XR.Management
{
    public abstract partial class XRLoader : ScriptableObject
    {
        public virtual bool Initialize()
        {
            return true;
        }

        public virtual bool Start()
        {
            return true;
        }

        public virtual bool Stop()
        {
            return true;
        }

        public virtual bool Deinitialize()
        {
            return true;
        }

        public abstract T GetLoadedSubsystem<T>()
            where T : class, ISubsystem;
    }
}
