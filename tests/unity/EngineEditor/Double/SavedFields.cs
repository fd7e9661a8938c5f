using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;

namespace UnityDouble
{
    /// <summary>What of an object is written into its asset, and read from it again.</summary>
    static class SavedFields
    {
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

        public static List<FieldInfo> Of(UnityEngine.Object owner)
        {
            List<FieldInfo> found = new List<FieldInfo>();
            Type type = owner.GetType();
            while (type != typeof(UnityEngine.Object))
            {
                found.AddRange(type.GetFields(Own));
                type = type.BaseType;
            }
            return found;
        }

        public static Dictionary<FieldInfo, object> Read(UnityEngine.Object owner)
        {
            Dictionary<FieldInfo, object> values = new Dictionary<FieldInfo, object>();
            foreach (FieldInfo field in Of(owner))
            {
                values[field] = Copy(field.GetValue(owner));
            }
            return values;
        }

        public static void Restore(UnityEngine.Object owner, Dictionary<FieldInfo, object> values)
        {
            foreach (KeyValuePair<FieldInfo, object> value in values)
            {
                value.Key.SetValue(owner, Copy(value.Value));
            }
        }

        /// <summary>Of a container, one with the same content.</summary>
        public static object Copy(object value)
        {
            Array array = value as Array;
            if (array != null)
            {
                return array.Clone();
            }
            return value is IList || value is IDictionary
                ? Activator.CreateInstance(value.GetType(), value)
                : value;
        }
    }
}
