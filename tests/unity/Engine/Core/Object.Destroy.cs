using System;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    /// <summary>How objects end, and how they are found.</summary>
    public partial class Object
    {
        public static void Destroy(Object obj)
        {
            Destroy(obj, 0f);
        }

        public static void Destroy(Object obj, float t)
        {
            MainThread.Check("Destroy");
            if (MayEnd(obj))
            {
                World.DestroyLater(obj, t);
            }
        }

        public static void DestroyImmediate(Object obj)
        {
            DestroyImmediate(obj, false);
        }

        public static void DestroyImmediate(Object obj, bool allowDestroyingAssets)
        {
            MainThread.Check("DestroyImmediate");
            if (!MayEnd(obj))
            {
                return;
            }
            if (World.IsAsset(obj) && !allowDestroyingAssets)
            {
                Debug.LogError("Destroying assets is not permitted to avoid data loss.");
                return;
            }
            World.DestroyNow(obj);
        }

        public static void DontDestroyOnLoad(Object target)
        {
            if (target == null)
            {
                throw new ArgumentNullException("target");
            }
            target.Native("DontDestroyOnLoad");
        }

        public static T FindFirstObjectByType<T>()
            where T : Object
        {
            return FindFirstObjectByType<T>(FindObjectsInactive.Exclude);
        }

        public static T FindFirstObjectByType<T>(FindObjectsInactive findObjectsInactive)
            where T : Object
        {
            T[] all = FindObjectsByType<T>(findObjectsInactive, FindObjectsSortMode.InstanceID);
            return all.Length > 0 ? all[0] : null;
        }

        public static T FindAnyObjectByType<T>()
            where T : Object
        {
            return FindFirstObjectByType<T>();
        }

        public static T FindAnyObjectByType<T>(FindObjectsInactive findObjectsInactive)
            where T : Object
        {
            return FindFirstObjectByType<T>(findObjectsInactive);
        }

        public static T[] FindObjectsByType<T>(FindObjectsSortMode sortMode)
            where T : Object
        {
            return FindObjectsByType<T>(FindObjectsInactive.Exclude, sortMode);
        }

        public static T[] FindObjectsByType<T>(
            FindObjectsInactive findObjectsInactive, FindObjectsSortMode sortMode)
            where T : Object
        {
            MainThread.Check("FindObjectsByType");
            bool all = findObjectsInactive == FindObjectsInactive.Include;
            return World.All<T>().Where(found => all || World.IsActive(found)).ToArray();
        }

        static bool MayEnd(Object obj)
        {
            if (obj == null)
            {
                return false;
            }
            if (obj is Transform)
            {
                Debug.LogError(
                    "Can't destroy Transform component of '" + obj.name
                        + "'. If you want to destroy "
                    + "the game object, please call 'Destroy' on the game object instead.");
                return false;
            }
            return true;
        }
    }
}
