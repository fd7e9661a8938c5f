using UnityDouble;

namespace UnityEngine.XR.Management
{
    public partial class XRGeneralSettings : ScriptableObject
    {
        XRManagerSettings _manager;

        public static XRGeneralSettings Instance
        {
            get { return Headset.Settings; }
        }

        public XRManagerSettings Manager
        {
            get
            {
                if (_manager == null)
                {
                    _manager = World.Asset(CreateInstance<XRManagerSettings>());
                }
                return _manager;
            }
        }

        public bool InitManagerOnStart
        {
            get { return false; }
        }
    }
}
