using System;
using System.Collections.Generic;
using System.Linq;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class GameObject : Object
    {
        readonly List<Component> _components = new List<Component>();
        bool _activeSelf = true;
        int _layer;
        string _tag = "Untagged";

        public GameObject()
            : this("New Game Object")
        {
        }

        public GameObject(string name)
        {
            MainThread.Check("Internal_CreateGameObject");
            Born();
            this.name = name;
            Attach(new Transform());
        }

        public GameObject(string name, params Type[] components)
            : this(name)
        {
            foreach (Type component in components)
            {
                AddComponent(component);
            }
        }

        public Transform transform
        {
            get
            {
                Native("get_transform");
                return (Transform)_components[0];
            }
        }

        public GameObject gameObject
        {
            get { return this; }
        }

        public int layer
        {
            get
            {
                Native("get_layer");
                return _layer;
            }
            set
            {
                Native("set_layer");
                if (value < 0 || value > 31)
                {
                    Debug.LogError(
                        "A game object can only be in one layer. The layer needs to be in the "
                        + "range [0...31]");
                    return;
                }
                _layer = value;
            }
        }

        public string tag
        {
            get
            {
                Native("get_tag");
                return _tag;
            }
            set
            {
                Native("set_tag");
                _tag = value;
            }
        }

        public bool activeSelf
        {
            get
            {
                Native("get_activeSelf");
                return _activeSelf;
            }
        }

        public bool activeInHierarchy
        {
            get
            {
                Native("get_activeInHierarchy");
                Transform parent = transform.parent;
                return _activeSelf && (parent == null || parent.gameObject.activeInHierarchy);
            }
        }

        public static GameObject Find(string name)
        {
            MainThread.Check("Find");
            return World.All<GameObject>().FirstOrDefault(
                g => g.name == name && g.activeInHierarchy);
        }

        public static GameObject FindWithTag(string tag)
        {
            MainThread.Check("FindWithTag");
            return World.All<GameObject>().FirstOrDefault(g => g.tag == tag && g.activeInHierarchy);
        }

        public bool CompareTag(string tag)
        {
            return this.tag == tag;
        }

        public void SetActive(bool value)
        {
            Native("SetActive");
            if (value == _activeSelf)
            {
                return;
            }
            _activeSelf = value;
            TellActive();
        }

        /// <summary>
        /// Tells the components here and below that they may have become active or not.
        /// </summary>
        internal void TellActive()
        {
            foreach (Component component in _components.ToList())
            {
                if (component.IsAlive)
                {
                    component.ActiveChanged();
                }
            }
            if (!IsAlive)
            {
                return;
            }
            foreach (Transform child in transform.Children.ToList())
            {
                if (child.IsAlive)
                {
                    child.gameObject.TellActive();
                }
            }
        }

        internal void Attach(Component component)
        {
            component.Owner = this;
            _components.Add(component);
            component.Born();
        }

        internal void Forget(Component component)
        {
            _components.Remove(component);
        }

        /// <summary>All of the family is disabled, then all is destroyed, children last.</summary>
        internal void End()
        {
            DisableAll();
            if (IsAlive)
            {
                EndAll();
            }
        }

        void DisableAll()
        {
            foreach (Component component in _components.ToList())
            {
                component.Disable();
            }
            foreach (Transform child in transform.Children.ToList())
            {
                child.gameObject.DisableAll();
            }
        }

        void EndAll()
        {
            foreach (Component component in _components.Skip(1).ToList())
            {
                if (component.IsAlive)
                {
                    component.End();
                }
            }
            Transform own = transform;
            foreach (Transform child in own.Children.ToList())
            {
                if (child.IsAlive)
                {
                    child.gameObject.EndAll();
                }
            }
            own.Unlink();
            own.Die();
            Die();
        }
    }
}
