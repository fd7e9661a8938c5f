using UnityEditor;

namespace UnityEngine.XR.OpenXR.Features
{
    public abstract partial class OpenXRFeature : ScriptableObject
    {
        bool m_enabled;

        public bool enabled
        {
            get { return m_enabled; }

            set
            {
                if (m_enabled != value)
                {
                    m_enabled = value;
                    EditorUtility.SetDirty(this);
                }
            }
        }
    }
}
