using UnityEditor;
using UnityEngine;

namespace Layerwalk.Editor
{
    /// <summary>Writes serialized fields that have no public setter.</summary>
    public static class Fields
    {
        /// <summary>Whether the number, or the enumeration's value, was another before.</summary>
        public static bool Set(Object owner, string name, int value)
        {
            SerializedObject fields = new SerializedObject(owner);
            SerializedProperty field = Find(fields, owner, name);
            if (field.intValue == value)
            {
                return false;
            }
            field.intValue = value;
            fields.ApplyModifiedPropertiesWithoutUndo();
            return true;
        }

        public static void Set(Object owner, string name, bool value)
        {
            SerializedObject fields = new SerializedObject(owner);
            Find(fields, owner, name).boolValue = value;
            fields.ApplyModifiedPropertiesWithoutUndo();
        }

        /// <summary>Adds `entry` to a list of references that lacks it.</summary>
        public static void Include(Object owner, string name, Object entry)
        {
            SerializedObject fields = new SerializedObject(owner);
            SerializedProperty list = Find(fields, owner, name);
            for (int i = 0; i < list.arraySize; i++)
            {
                if (list.GetArrayElementAtIndex(i).objectReferenceValue == entry)
                {
                    return;
                }
            }
            list.arraySize++;
            list.GetArrayElementAtIndex(list.arraySize - 1).objectReferenceValue = entry;
            fields.ApplyModifiedPropertiesWithoutUndo();
        }

        static SerializedProperty Find(SerializedObject fields, Object owner, string name)
        {
            SerializedProperty field = fields.FindProperty(name);
            if (field == null)
            {
                throw new SetupException(
                    owner.GetType().Name + " has no field " + name + " in Unity "
                    + Application.unityVersion + "; use the version in "
                    + "ProjectSettings/ProjectVersion.txt.");
            }
            return field;
        }
    }
}
