using System;
using UnityDouble;

namespace UnityEngine.XR
{
    public partial class XRInputSubsystem : IntegratedSubsystem
    {
        public event Action<XRInputSubsystem> trackingOriginUpdated;

        public bool TrySetTrackingOriginMode(TrackingOriginModeFlags origin)
        {
            MainThread.Check("TrySetTrackingOriginMode");
            bool can = running && (Headset.Origins & origin) != 0;
            if (can && Headset.Origin != origin)
            {
                Headset.Origin = origin;
                Action<XRInputSubsystem> heard = trackingOriginUpdated;
                if (heard != null)
                {
                    Behaviours.Guard(() => heard(this));
                }
            }
            return can;
        }

        public TrackingOriginModeFlags GetTrackingOriginMode()
        {
            return Headset.Origin;
        }

        public TrackingOriginModeFlags GetSupportedTrackingOriginModes()
        {
            return Headset.Origins;
        }

        public bool TryRecenter()
        {
            MainThread.Check("TryRecenter");
            return running;
        }

        internal void Forget()
        {
            trackingOriginUpdated = null;
        }
    }
}
