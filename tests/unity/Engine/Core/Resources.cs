using System;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class Resources
    {
        public static T Load<T>(string path)
            where T : Object
        {
            return (T)Load(path, typeof(T));
        }

        public static Object Load(string path)
        {
            return Load(path, typeof(Object));
        }

        public static Object Load(string path, Type systemTypeInstance)
        {
            MainThread.Check("Load");
            return ProjectFiles.Load(path, systemTypeInstance);
        }

        public static void UnloadAsset(Object assetToUnload)
        {
            MainThread.Check("UnloadAsset");
        }

        public static AsyncOperation UnloadUnusedAssets()
        {
            MainThread.Check("UnloadUnusedAssets");
            return new AsyncOperation { isDone = true };
        }
    }
}
