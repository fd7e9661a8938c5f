using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEditor;
using UnityEngine;
using UnityEngine.Rendering;

namespace UnityDouble
{
    /// <summary>A project in an editor: what tests hold in their hands.</summary>
    public static partial class EditorProject
    {
        const string Scene = "Assets/Layerwalk/Scenes/Layerwalk.unity";
        const string Settings = "ProjectSettings/ProjectSettings.asset";

        static readonly Dictionary<Object, Dictionary<FieldInfo, object>> Written =
            new Dictionary<Object, Dictionary<FieldInfo, object>>();

        internal static readonly Dictionary<string, List<Object>> Assets =
            new Dictionary<string, List<Object>>();
        internal static readonly HashSet<string> Folders = new HashSet<string>();
        internal static readonly HashSet<Object> Dirty = new HashSet<Object>();
        internal static readonly Dictionary<string, bool> Session = new Dictionary<string, bool>();

        public static readonly List<int> ExitCodes = new List<int>();
        public static readonly List<string> Dialogs = new List<string>();
        public static readonly List<object> Reloaded = new List<object>();

        /// <summary>What this editor can build for.</summary>
        public static readonly HashSet<BuildTarget> Modules = new HashSet<BuildTarget>();

        public static PlayerSettingsFile Player { get; private set; }

        public static GraphicsSettingsFile Graphics { get; private set; }

        public static BuildTarget Active { get; set; }

        public static bool IsPlaying { get; set; }

        /// <summary>Whether the package is there.</summary>
        public static bool HasOpenXr { get; set; }

        /// <summary>XR Plug-in Management does not find the loader that it was given.</summary>
        public static bool DropsLoaders { get; set; }

        /// <summary>The paths of all assets, in order.</summary>
        public static List<string> Paths
        {
            get { return new List<string>(new SortedSet<string>(Assets.Keys)); }
        }

        /// <summary>How many objects are in them.</summary>
        public static int Objects
        {
            get { return Assets.Values.Sum(content => content.Count); }
        }

        /// <summary>The project as it is checked out, for the first time in an editor.</summary>
        public static void Begin()
        {
            ForgetRun();
            ForgetBuilds();
            Assets.Clear();
            Written.Clear();
            Folders.Clear();
            Folders.UnionWith(new[] { "Assets", "Assets/Layerwalk", "Assets/Layerwalk/Scenes" });
            Modules.Clear();
            Modules.UnionWith((BuildTarget[])System.Enum.GetValues(typeof(BuildTarget)));
            Active = BuildTarget.StandaloneWindows64;
            HasOpenXr = true;
            DropsLoaders = false;
            EditorBuildSettings.Clear();
            PlayerSettings.Clear();
            QualitySettings.ClearLevels();
            GraphicsSettings.defaultRenderPipeline = null;
            Player = new PlayerSettingsFile();
            Graphics = new GraphicsSettingsFile();
            Assets[Scene] = new List<Object> { new SceneAsset() };
            Assets[Settings] = new List<Object> { Player };
        }

        /// <summary>Another run of the editor. What was not saved is as it was.</summary>
        public static void Reopen(bool batch = false)
        {
            ForgetRun();
            Machine.IsBatchMode = batch;
            foreach (KeyValuePair<Object, Dictionary<FieldInfo, object>> asset in Written)
            {
                SavedFields.Restore(asset.Key, asset.Value);
            }
        }

        public static void Remove(string path)
        {
            Assets.Remove(path);
        }

        internal static void Write(Object asset)
        {
            Written[asset] = SavedFields.Read(asset);
            Dirty.Remove(asset);
        }

        internal static void Save()
        {
            foreach (Object asset in Dirty.ToList())
            {
                Write(asset);
            }
        }

        static void ForgetRun()
        {
            Machine.IsBatchMode = false;
            IsPlaying = false;
            Session.Clear();
            Dirty.Clear();
            ExitCodes.Clear();
            Dialogs.Clear();
            Reloaded.Clear();
        }
    }
}
