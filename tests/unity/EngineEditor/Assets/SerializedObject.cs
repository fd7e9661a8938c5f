using System.Collections.Generic;
using System.Reflection;
using UnityDouble;
using UnityEngine;

namespace UnityEditor
{
    /// <summary>The fields of an object; nothing is written before it is applied.</summary>
    public class SerializedObject
    {
        readonly Object _owner;
        readonly List<SerializedProperty> _properties = new List<SerializedProperty>();

        public SerializedObject(Object obj)
        {
            _owner = obj;
        }

        public SerializedProperty FindProperty(string propertyPath)
        {
            FieldInfo field = SavedFields.Of(_owner).Find(each => each.Name == propertyPath);
            if (field == null)
            {
                return null;
            }
            SerializedProperty property = new SerializedProperty(_owner, field);
            _properties.Add(property);
            return property;
        }

        public bool ApplyModifiedPropertiesWithoutUndo()
        {
            bool changed = false;
            foreach (SerializedProperty property in _properties)
            {
                changed |= property.Apply();
            }
            if (changed)
            {
                EditorUtility.SetDirty(_owner);
            }
            return changed;
        }
    }
}
