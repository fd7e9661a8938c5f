using System.Collections.Generic;
using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    public partial class EditorBuildSettings : Object
    {
        static readonly Dictionary<string, Object> Configured = new Dictionary<string, Object>();
        static EditorBuildSettingsScene[] _scenes = { };

        public static EditorBuildSettingsScene[] scenes
        {
            get { return (EditorBuildSettingsScene[])_scenes.Clone(); }
            set { MainThread.Write(ref _scenes, value); }
        }

        public static void AddConfigObject(string name, Object obj, bool overwrite)
        {
            if (AssetDatabase.GetAssetPath(obj) == "")
            {
                throw new UnityException("Cannot add config object '" + name + "': it is no asset");
            }
            Configured[name] = obj;
        }

        public static bool TryGetConfigObject<T>(string name, out T result)
            where T : Object
        {
            Object found;
            Configured.TryGetValue(name, out found);
            result = found as T;
            return result != null;
        }

        internal static void Clear()
        {
            Configured.Clear();
            _scenes = new EditorBuildSettingsScene[0];
        }
    }
}
