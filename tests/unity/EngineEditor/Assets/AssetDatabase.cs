using System.Collections.Generic;
using System.Linq;
using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    /// <summary>A path holds a main object and those that were added to it.</summary>
    public partial class AssetDatabase
    {
        public static bool IsValidFolder(string path)
        {
            return EditorProject.Folders.Contains(path);
        }

        public static string CreateFolder(string parentFolder, string newFolderName)
        {
            MainThread.Check("CreateFolder");
            string path = parentFolder + "/" + newFolderName;
            if (!IsValidFolder(parentFolder) || !EditorProject.Folders.Add(path))
            {
                Debug.LogError("Folder " + path + " cannot be created");
                return "";
            }
            return path;
        }

        public static void CreateAsset(Object asset, string path)
        {
            MainThread.Check("CreateAsset");
            if (!IsValidFolder(path.Substring(0, path.LastIndexOf('/'))))
            {
                throw new UnityException("Parent directory must exist before asset " + path);
            }
            EditorProject.Assets[path] = new List<Object> { asset };
            EditorProject.Write(asset);
        }

        public static void AddObjectToAsset(Object objectToAdd, string path)
        {
            MainThread.Check("AddObjectToAsset");
            EditorProject.Assets[path].Add(objectToAdd);
            EditorProject.Dirty.Add(objectToAdd);
        }

        public static void AddObjectToAsset(Object objectToAdd, Object assetObject)
        {
            AddObjectToAsset(objectToAdd, GetAssetPath(assetObject));
        }

        public static string GetAssetPath(Object assetObject)
        {
            return EditorProject.Assets.FirstOrDefault(pair => pair.Value.Contains(assetObject)).Key
                ?? "";
        }

        public static T LoadAssetAtPath<T>(string assetPath)
            where T : Object
        {
            return LoadAllAssetsAtPath(assetPath).OfType<T>().FirstOrDefault();
        }

        public static Object[] LoadAllAssetsAtPath(string assetPath)
        {
            MainThread.Check("LoadAllAssetsAtPath");
            List<Object> found;
            return EditorProject.Assets.TryGetValue(assetPath, out found)
                ? found.ToArray()
                : new Object[0];
        }

        public static void SaveAssets()
        {
            MainThread.Check("SaveAssets");
            EditorProject.Save();
        }
    }
}
