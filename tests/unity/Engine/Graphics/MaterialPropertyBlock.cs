using System;
using UnityDouble;

namespace UnityEngine
{
    public sealed partial class MaterialPropertyBlock
    {
        internal readonly PropertyBag Values = new PropertyBag();

        public MaterialPropertyBlock()
        {
            MainThread.Check("CreateImpl");
        }

        public bool isEmpty
        {
            get { return Values.IsEmpty; }
        }

        public void Clear()
        {
            Values.Clear();
        }

        public bool HasProperty(string name)
        {
            return HasProperty(Shader.PropertyToID(name));
        }

        public bool HasProperty(int nameID)
        {
            return Values.Get(nameID) != null;
        }

        void Put(string member, int name, object value)
        {
            MainThread.Check(member);
            if (value == null)
            {
                throw new ArgumentNullException("value");
            }
            Values.Put(name, value);
        }

        void Asked(string member)
        {
            MainThread.Check(member);
        }
    }
}
