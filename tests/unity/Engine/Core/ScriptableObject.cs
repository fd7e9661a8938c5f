using System;
using UnityDouble;

namespace UnityEngine
{
    public class ScriptableObject : Object
    {
        public static T CreateInstance<T>()
            where T : ScriptableObject
        {
            return (T)CreateInstance(typeof(T));
        }

        public static ScriptableObject CreateInstance(Type type)
        {
            MainThread.Check("CreateInstance");
            ScriptableObject made = (ScriptableObject)Behaviours.Construct(type);
            made.Born();
            Behaviours.Call(made, "Awake");
            Behaviours.Call(made, "OnEnable");
            return made;
        }

        internal override void Dying()
        {
            Behaviours.Call(this, "OnDisable");
            Behaviours.Call(this, "OnDestroy");
        }
    }
}
