using System;
using System.Collections.Generic;
using UnityEngine.XR;
using UnityEngine.XR.Management;

namespace UnityDouble
{
    /// <summary>The headset in the hands of a test.</summary>
    public static class Headset
    {
        static readonly XRInputSubsystem Input = new XRInputSubsystem();
        static XRGeneralSettings _settings;

        /// <summary>Whether the project has XR settings at all.</summary>
        public static bool IsConfigured { get; set; }

        /// <summary>Whether a loader finds one.</summary>
        public static bool IsPresent { get; set; }

        /// <summary>
        /// Whether its subsystems run: what cameras without a target draw is seen in it.
        /// </summary>
        public static bool IsRunning { get; internal set; }

        /// <summary>
        /// Whether its session began, as OpenXR's does some frames after the start, or once
        /// somebody puts the headset on. Nothing is tracked or set before.
        /// </summary>
        public static bool IsReady { get; set; }

        /// <summary>Where the floor was asked to be.</summary>
        public static TrackingOriginModeFlags Origin { get; internal set; }

        /// <summary>What it can do of that.</summary>
        public static TrackingOriginModeFlags Origins { get; set; }

        /// <summary>Every buzz: left or right hand, strength, seconds.</summary>
        public static readonly List<Tuple<XRNode, float, float>> Buzzes =
            new List<Tuple<XRNode, float, float>>();

        internal static XRGeneralSettings Settings
        {
            get
            {
                if (IsConfigured && _settings == null)
                {
                    _settings = World.Asset(
                        UnityEngine.ScriptableObject.CreateInstance<XRGeneralSettings>());
                }
                return IsConfigured ? _settings : null;
            }
        }

        internal static XRInputSubsystem Subsystem
        {
            get { return IsRunning ? Input : null; }
        }

        internal static void Clear()
        {
            IsConfigured = IsReady = true;
            IsPresent = IsRunning = false;
            Origin = TrackingOriginModeFlags.Unknown;
            Origins = TrackingOriginModeFlags.Device | TrackingOriginModeFlags.Floor;
            Buzzes.Clear();
            Input.Forget();
            _settings = null;
        }
    }
}
