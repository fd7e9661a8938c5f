using UnityDouble;

namespace UnityEngine.XR.Management
{
    /// <summary>As the editor has it, in place of the player's.</summary>
    public partial class XRGeneralSettings : ScriptableObject
    {
        public static string k_SettingsKey = "com.unity.xr.management.loader_settings";

        XRManagerSettings m_LoaderManagerInstance;
        bool m_InitManagerOnStart = true;

        public static XRGeneralSettings Instance
        {
            get { return Headset.Settings; }
        }

        public XRManagerSettings Manager
        {
            get { return m_LoaderManagerInstance; }
            set { m_LoaderManagerInstance = value; }
        }

        public bool InitManagerOnStart
        {
            get { return m_InitManagerOnStart; }
            set { m_InitManagerOnStart = value; }
        }
    }
}
