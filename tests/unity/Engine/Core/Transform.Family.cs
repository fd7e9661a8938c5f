using System;
using System.Collections;
using System.Linq;

namespace UnityEngine
{
    /// <summary>Parents and children.</summary>
    public partial class Transform
    {
        public Transform parent
        {
            get
            {
                Native("get_parent");
                return _parent;
            }
            set
            {
                SetParent(value, true);
            }
        }

        public Transform root
        {
            get { return parent == null ? this : parent.root; }
        }

        public int childCount
        {
            get
            {
                Native("get_childCount");
                return Children.Count;
            }
        }

        public void SetParent(Transform p)
        {
            SetParent(p, true);
        }

        public void SetParent(Transform parent, bool worldPositionStays)
        {
            Native("SetParent");
            if (parent != null && parent.IsChildOf(this))
            {
                return;
            }
            bool wasActive = gameObject.activeInHierarchy;
            Matrix4x4 stays = localToWorldMatrix;
            Unlink();
            if (parent != null)
            {
                _parent = parent;
                parent.Children.Add(this);
            }
            if (worldPositionStays)
            {
                Matrix4x4 local = Above().inverse * stays;
                _localPosition = local.GetPosition();
                _localRotation = local.rotation;
                _localScale = local.lossyScale;
            }
            Changed();
            if (gameObject.activeInHierarchy != wasActive)
            {
                gameObject.TellActive();
            }
        }

        public Transform GetChild(int index)
        {
            Native("GetChild");
            if (index < 0 || index >= Children.Count)
            {
                throw new UnityException("Transform child out of bounds");
            }
            return Children[index];
        }

        public Transform Find(string n)
        {
            Native("Find");
            int slash = n.IndexOf('/');
            string first = slash < 0 ? n : n.Substring(0, slash);
            Transform found = Children.FirstOrDefault(child => child.name == first);
            return slash < 0 || found == null ? found : found.Find(n.Substring(slash + 1));
        }

        public bool IsChildOf(Transform parent)
        {
            Native("IsChildOf");
            return this == parent || (_parent != null && _parent.IsChildOf(parent));
        }

        public void DetachChildren()
        {
            foreach (Transform child in Children.ToList())
            {
                child.SetParent(null, true);
            }
        }

        public int GetSiblingIndex()
        {
            Native("GetSiblingIndex");
            return _parent == null ? 0 : _parent.Children.IndexOf(this);
        }

        public void SetAsLastSibling()
        {
            Native("SetAsLastSibling");
            if (_parent != null)
            {
                _parent.Children.Remove(this);
                _parent.Children.Add(this);
            }
        }

        public IEnumerator GetEnumerator()
        {
            Native("GetEnumerator");
            return Children.ToList().GetEnumerator();
        }

        internal void Unlink()
        {
            if (!ReferenceEquals(_parent, null))
            {
                _parent.Children.Remove(this);
                _parent = null;
            }
        }
    }
}
