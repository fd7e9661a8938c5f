using System;
using System.Collections.Generic;

namespace Unity.XR.Management.AndroidManifest.Editor
{
    public class ManifestRequirement
    {
        public ManifestRequirement()
        {
            SupportedXRLoaders = new HashSet<Type>();
            NewElements = new List<ManifestElement>();
        }

        /// <summary>Unless one of these is a loader of the player, nothing is written.</summary>
        public HashSet<Type> SupportedXRLoaders { get; set; }

        /// <summary>Each becomes an element of its own, beside those of the same name.</summary>
        public List<ManifestElement> NewElements { get; set; }
    }
}
