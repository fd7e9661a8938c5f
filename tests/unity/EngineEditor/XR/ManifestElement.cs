using System.Collections.Generic;

namespace Unity.XR.Management.AndroidManifest.Editor
{
    public class ManifestElement
    {
        public List<string> ElementPath { get; set; }

        /// <summary>Without the prefix "android:", which all of them get.</summary>
        public Dictionary<string, string> Attributes { get; set; }
    }
}
