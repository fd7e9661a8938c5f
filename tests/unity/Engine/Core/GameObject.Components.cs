using System;
using System.Collections.Generic;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    /// <summary>Adding and finding components.</summary>
    public sealed partial class GameObject
    {
        public T AddComponent<T>()
            where T : Component
        {
            return (T)AddComponent(typeof(T));
        }

        public Component AddComponent(Type componentType)
        {
            Native("AddComponent");
            if (componentType.IsAbstract || !typeof(Component).IsAssignableFrom(componentType))
            {
                Debug.LogError(
                    "Can't add component '" + componentType.Name + "'; it is no class of one.");
                return null;
            }
            if (Refuses(componentType))
            {
                Debug.LogError(
                    "Can't add component '" + componentType.Name + "' to " + name
                    + " because such a component is already added to the game object!");
                return null;
            }
            foreach (Type needed in Behaviours.Needs(componentType))
            {
                if (GetComponent(needed) == null)
                {
                    AddComponent(needed);
                }
            }
            Component component = Behaviours.Make(componentType);
            Attach(component);
            component.Added();
            return component;
        }

        public T GetComponent<T>()
        {
            Native("GetComponent");
            return _components.OfType<T>().FirstOrDefault();
        }

        public Component GetComponent(Type type)
        {
            Native("GetComponent");
            return _components.FirstOrDefault(type.IsInstanceOfType);
        }

        public bool TryGetComponent<T>(out T component)
        {
            component = GetComponent<T>();
            return component != null;
        }

        public T[] GetComponents<T>()
        {
            Native("GetComponents");
            return _components.OfType<T>().ToArray();
        }

        public T GetComponentInChildren<T>()
        {
            return GetComponentsInChildren<T>().FirstOrDefault();
        }

        public T GetComponentInChildren<T>(bool includeInactive)
        {
            return GetComponentsInChildren<T>(includeInactive).FirstOrDefault();
        }

        public T[] GetComponentsInChildren<T>()
        {
            return GetComponentsInChildren<T>(false);
        }

        public T[] GetComponentsInChildren<T>(bool includeInactive)
        {
            Native("GetComponentsInChildren");
            List<T> found = new List<T>();
            Collect(includeInactive, found);
            return found.ToArray();
        }

        public T GetComponentInParent<T>()
        {
            Native("GetComponentInParent");
            for (Transform at = transform; at != null; at = at.parent)
            {
                T found = at.gameObject.GetComponent<T>();
                if (found != null && at.gameObject.activeInHierarchy)
                {
                    return found;
                }
            }
            return default(T);
        }

        void Collect<T>(bool includeInactive, List<T> found)
        {
            if (includeInactive || activeInHierarchy)
            {
                found.AddRange(_components.OfType<T>());
                foreach (Transform child in transform.Children)
                {
                    child.gameObject.Collect(includeInactive, found);
                }
            }
        }

        bool Refuses(Type type)
        {
            return typeof(Transform).IsAssignableFrom(type)
                || _components.Any(c => Behaviours.OnlyOne(c.GetType()) && c.GetType() == type);
        }
    }
}
