using System.Collections.Generic;
using UnityEngine;
using UnityEngine.XR;
using UnityEngine.XR.Management;

namespace Layerwalk.Client
{
    /// <summary>
    /// Starts and stops the headset by hand, so that desktop and headset can be changed while it
    /// runs: InitManagerOnStart is off.
    /// </summary>
    public static class XrSystem
    {
        static readonly List<XRInputSubsystem> Inputs = new List<XRInputSubsystem>();

        /// <summary>
        /// Heads and hands are tracked: some frames after Start, or when the headset is put on.
        /// </summary>
        public static bool IsTracking
        {
            get
            {
                bool tracks = false;
                SubsystemManager.GetSubsystems(Inputs);
                foreach (XRInputSubsystem input in Inputs)
                {
                    tracks |= input.running;
                }
                return tracks;
            }
        }

        /// <summary>Heights count from the floor on.</summary>
        public static bool IsOnFloor
        {
            get
            {
                bool floor = false;
                SubsystemManager.GetSubsystems(Inputs);
                foreach (XRInputSubsystem input in Inputs)
                {
                    floor |= input.running
                        && input.GetTrackingOriginMode() == TrackingOriginModeFlags.Floor;
                }
                return floor;
            }
        }

        static XRManagerSettings Manager
        {
            get
            {
                XRGeneralSettings settings = XRGeneralSettings.Instance;
                return settings == null ? null : settings.Manager;
            }
        }

        /// <summary>Starts the headset; why there is none, or "".</summary>
        public static string Start()
        {
            XRManagerSettings manager = Manager;
            if (manager == null)
            {
                return "This build has no settings for headsets; choose layerwalk > Set up in the"
                    + " editor, and build anew.";
            }
            if (manager.activeLoader == null)
            {
                manager.InitializeLoaderSync();
            }
            if (manager.activeLoader == null)
            {
                return "No headset was found; connect one and start its software.";
            }
            manager.StartSubsystems();
            return "";
        }

        public static void Stop()
        {
            XRManagerSettings manager = Manager;
            if (manager != null && manager.activeLoader != null)
            {
                manager.StopSubsystems();
                manager.DeinitializeLoader();
            }
        }

        /// <summary>
        /// Lets heights count from the floor on; whether a headset took it. One takes nothing
        /// before it tracks.
        /// </summary>
        public static bool StandOnFloor()
        {
            bool taken = false;
            SubsystemManager.GetSubsystems(Inputs);
            foreach (XRInputSubsystem input in Inputs)
            {
                taken |= input.TrySetTrackingOriginMode(TrackingOriginModeFlags.Floor);
            }
            return taken;
        }
    }
}
