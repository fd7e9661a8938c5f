using System.Collections.Generic;
using UnityDouble;
using UnityEditor.Build;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityEditor
{
    public sealed partial class PlayerSettings : Object
    {
        static readonly Dictionary<string, string> Identifiers = new Dictionary<string, string>();
        static readonly Dictionary<string, ScriptingImplementation> Backends =
            new Dictionary<string, ScriptingImplementation>();
        static readonly Dictionary<BuildTarget, GraphicsDeviceType[]> Devices =
            new Dictionary<BuildTarget, GraphicsDeviceType[]>();
        static ColorSpace _colorSpace;
        static bool _runInBackground;
        static UIOrientation _orientation;

        public static ColorSpace colorSpace
        {
            get { return _colorSpace; }
            set { MainThread.Write(ref _colorSpace, value); }
        }

        public static bool runInBackground
        {
            get { return _runInBackground; }
            set { MainThread.Write(ref _runInBackground, value); }
        }

        public static UIOrientation defaultInterfaceOrientation
        {
            get { return _orientation; }
            set { MainThread.Write(ref _orientation, value); }
        }

        public static string GetApplicationIdentifier(NamedBuildTarget buildTarget)
        {
            return Identifiers[buildTarget.TargetName];
        }

        public static void SetApplicationIdentifier(NamedBuildTarget buildTarget, string identifier)
        {
            MainThread.Check("SetApplicationIdentifier");
            Identifiers[buildTarget.TargetName] = identifier;
        }

        public static ScriptingImplementation GetScriptingBackend(NamedBuildTarget buildTarget)
        {
            ScriptingImplementation backend;
            Backends.TryGetValue(buildTarget.TargetName, out backend);
            return backend;
        }

        public static void SetScriptingBackend(
            NamedBuildTarget buildTarget, ScriptingImplementation backend)
        {
            MainThread.Check("SetScriptingBackend");
            Backends[buildTarget.TargetName] = backend;
        }

        public static bool GetUseDefaultGraphicsAPIs(BuildTarget platform)
        {
            return !Devices.ContainsKey(platform);
        }

        public static void SetUseDefaultGraphicsAPIs(BuildTarget platform, bool automatic)
        {
            MainThread.Check("SetUseDefaultGraphicsAPIs");
            Devices.Remove(platform);
            if (!automatic)
            {
                Devices[platform] = new[] { GraphicsDeviceType.OpenGLES3 };
            }
        }

        public static GraphicsDeviceType[] GetGraphicsAPIs(BuildTarget platform)
        {
            GraphicsDeviceType[] found;
            return Devices.TryGetValue(platform, out found) ? found : new GraphicsDeviceType[0];
        }

        /// <summary>What is chosen while the choice is automatic is not kept.</summary>
        public static void SetGraphicsAPIs(BuildTarget platform, GraphicsDeviceType[] apis)
        {
            MainThread.Check("SetGraphicsAPIs");
            if (Devices.ContainsKey(platform))
            {
                Devices[platform] = apis;
            }
        }

        internal static void Clear()
        {
            Identifiers.Clear();
            Backends.Clear();
            Devices.Clear();
            _colorSpace = ColorSpace.Gamma;
            _runInBackground = false;
            _orientation = UIOrientation.Portrait;
            Android.Clear();
        }
    }
}
