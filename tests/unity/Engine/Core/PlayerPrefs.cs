using System.Collections.Generic;
using UnityDouble;

namespace UnityEngine
{
    public class PlayerPrefs
    {
        internal static readonly Dictionary<string, object> Kept = new Dictionary<string, object>();

        public static void SetInt(string key, int value)
        {
            Keep(key, value);
        }

        public static int GetInt(string key, int defaultValue)
        {
            return Read(key, defaultValue);
        }

        public static int GetInt(string key)
        {
            return Read(key, 0);
        }

        public static void SetFloat(string key, float value)
        {
            Keep(key, value);
        }

        public static float GetFloat(string key, float defaultValue)
        {
            return Read(key, defaultValue);
        }

        public static float GetFloat(string key)
        {
            return Read(key, 0f);
        }

        public static void SetString(string key, string value)
        {
            Keep(key, value);
        }

        public static string GetString(string key, string defaultValue)
        {
            return Read(key, defaultValue);
        }

        public static string GetString(string key)
        {
            return Read(key, "");
        }

        public static bool HasKey(string key)
        {
            MainThread.Check("HasKey");
            return Kept.ContainsKey(key);
        }

        public static void DeleteKey(string key)
        {
            MainThread.Check("DeleteKey");
            Kept.Remove(key);
        }

        public static void DeleteAll()
        {
            MainThread.Check("DeleteAll");
            Kept.Clear();
        }

        public static void Save()
        {
            MainThread.Check("Save");
        }

        static void Keep(string key, object value)
        {
            MainThread.Check("TrySet");
            Kept[key] = value;
        }

        static T Read<T>(string key, T otherwise)
        {
            MainThread.Check("Get");
            object kept;
            return Kept.TryGetValue(key, out kept) && kept is T ? (T)kept : otherwise;
        }
    }
}
