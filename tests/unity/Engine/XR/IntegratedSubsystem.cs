using UnityDouble;

namespace UnityEngine
{
    public class IntegratedSubsystem : ISubsystem
    {
        public bool running
        {
            get { return Headset.IsRunning && Headset.IsReady; }
        }

        public void Start()
        {
            Headset.IsRunning = true;
        }

        public void Stop()
        {
            Headset.IsRunning = false;
        }

        public void Destroy()
        {
            Headset.IsRunning = false;
        }
    }
}
