using System.Collections.Generic;
using UnityEngine;

namespace UnityDouble
{
    /// <summary>GraphicsSettings.asset, whose fields have no other way to them.</summary>
    public sealed class GraphicsSettingsFile : UnityEngine.Object
    {
        List<UnityEngine.Object> m_AlwaysIncludedShaders = new List<UnityEngine.Object>();
        int m_InstancingStripping = 0;

        internal GraphicsSettingsFile()
        {
            Born();
        }

        public IList<UnityEngine.Object> Included
        {
            get { return m_AlwaysIncludedShaders.AsReadOnly(); }
        }

        /// <summary>0 strips variants for instances that no material uses, 2 strips none.</summary>
        public int Stripping
        {
            get { return m_InstancingStripping; }
        }
    }
}
