using UnityDouble;
using UnityEditor;
using UnityEngine.XR.OpenXR.Features;

namespace UnityEngine.XR.OpenXR
{
    public partial class OpenXRSettings : ScriptableObject
    {
        internal OpenXRFeature[] features = { };

        // Not what it begins with in Unity, so that it is seen whether somebody chose.
        RenderMode m_renderMode = RenderMode.MultiPass;

        public enum RenderMode
        {
            MultiPass,
            SinglePassInstanced,
        }

        public RenderMode renderMode
        {
            get { return m_renderMode; }
            set { m_renderMode = value; }
        }

        public static OpenXRSettings GetSettingsForBuildTargetGroup(
            BuildTargetGroup buildTargetGroup)
        {
            return OpenXrPackage.Find(buildTargetGroup);
        }
    }
}
