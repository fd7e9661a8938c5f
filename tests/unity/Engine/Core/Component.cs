using System;

namespace UnityEngine
{
    public partial class Component : Object
    {
        internal GameObject Owner { get; set; }

        public GameObject gameObject
        {
            get
            {
                Native("get_gameObject");
                return Owner;
            }
        }

        public Transform transform
        {
            get
            {
                Native("get_transform");
                return Owner.transform;
            }
        }

        public string tag
        {
            get { return gameObject.tag; }
            set { gameObject.tag = value; }
        }

        public bool CompareTag(string tag)
        {
            return gameObject.CompareTag(tag);
        }

        public T GetComponent<T>()
        {
            return gameObject.GetComponent<T>();
        }

        public Component GetComponent(Type type)
        {
            return gameObject.GetComponent(type);
        }

        public bool TryGetComponent<T>(out T component)
        {
            return gameObject.TryGetComponent(out component);
        }

        public T[] GetComponents<T>()
        {
            return gameObject.GetComponents<T>();
        }

        public T GetComponentInChildren<T>()
        {
            return gameObject.GetComponentInChildren<T>();
        }

        public T[] GetComponentsInChildren<T>()
        {
            return gameObject.GetComponentsInChildren<T>();
        }

        public T[] GetComponentsInChildren<T>(bool includeInactive)
        {
            return gameObject.GetComponentsInChildren<T>(includeInactive);
        }

        public T GetComponentInParent<T>()
        {
            return gameObject.GetComponentInParent<T>();
        }

        /// <summary>Inside AddComponent, after it belongs to its object.</summary>
        internal virtual void Added()
        {
        }

        /// <summary>
        /// The object became active or inactive, or the component is being made or ended.
        /// </summary>
        internal virtual void ActiveChanged()
        {
        }

        /// <summary>Before it, or others of its family, end.</summary>
        internal virtual void Disable()
        {
        }

        internal virtual void End()
        {
            GameObject owner = Owner;
            Die();
            owner.Forget(this);
        }
    }
}
