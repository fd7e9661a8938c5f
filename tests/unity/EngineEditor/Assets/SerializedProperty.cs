using System;
using System.Collections;
using System.Reflection;
using UnityDouble;

namespace UnityEditor
{
    public class SerializedProperty
    {
        readonly UnityEngine.Object _owner;
        readonly FieldInfo _field;
        readonly SerializedProperty _list;
        readonly int _index;
        object _value;

        internal SerializedProperty(UnityEngine.Object owner, FieldInfo field)
        {
            _owner = owner;
            _field = field;
            _value = SavedFields.Copy(field.GetValue(owner));
        }

        SerializedProperty(SerializedProperty list, int index)
        {
            _list = list;
            _index = index;
        }

        public int intValue
        {
            get { return Convert.ToInt32(_value); }
            set { _value = value; }
        }

        public bool boolValue
        {
            get { return (bool)_value; }
            set { _value = value; }
        }

        public int arraySize
        {
            get
            {
                return ((IList)_value).Count;
            }

            set
            {
                IList list = (IList)_value;
                while (list.Count < value)
                {
                    list.Add(list.Count == 0 ? null : list[list.Count - 1]); // it repeats the last
                }
            }
        }

        public UnityEngine.Object objectReferenceValue
        {
            get { return (UnityEngine.Object)((IList)_list._value)[_index]; }
            set { ((IList)_list._value)[_index] = value; }
        }

        public SerializedProperty GetArrayElementAtIndex(int index)
        {
            return new SerializedProperty(this, index);
        }

        internal bool Apply()
        {
            object was = _field.GetValue(_owner);
            object now = _field.FieldType.IsEnum ? Enum.ToObject(_field.FieldType, _value) : _value;
            _field.SetValue(_owner, SavedFields.Copy(now));
            return !Equals(was, now);
        }
    }
}
