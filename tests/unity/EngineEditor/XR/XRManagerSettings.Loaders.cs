using System.Collections.Generic;

namespace UnityEngine.XR.Management
{
    public sealed partial class XRManagerSettings : ScriptableObject
    {
        List<XRLoader> m_Loaders = new List<XRLoader>();

        public IReadOnlyList<XRLoader> activeLoaders
        {
            get { return m_Loaders; }
        }

        public bool TryAddLoader(XRLoader loader, int index = -1)
        {
            if (loader == null || m_Loaders.Contains(loader))
            {
                return false;
            }
            bool last = index < 0 || index >= m_Loaders.Count;
            m_Loaders.Insert(last ? m_Loaders.Count : index, loader);
            return true;
        }

        /// <summary>True also where it was not there.</summary>
        public bool TryRemoveLoader(XRLoader loader)
        {
            m_Loaders.Remove(loader);
            return true;
        }
    }
}
