using System;
using System.Collections.Generic;
using Unity.XR.Management.AndroidManifest.Editor;
using UnityEngine.XR.OpenXR;

namespace Layerwalk.Editor
{
    /// <summary>Asks Quest for its own keyboard, over the room, where somebody types.</summary>
    /// <remarks>
    /// Without this element none is shown. XR Plug-in Management finds the class by itself, as long
    /// as it is not nested, and makes one when it writes the manifest. From 1.17 on OpenXR has a
    /// setting for the same; with both the element would be there twice.
    /// </remarks>
    public sealed class QuestKeyboard : IAndroidManifestRequirementProvider
    {
        public ManifestRequirement ProvideManifestRequirement()
        {
            return new ManifestRequirement
            {
                SupportedXRLoaders = new HashSet<Type> { typeof(OpenXRLoader) },
                NewElements = new List<ManifestElement>
                {
                    new ManifestElement
                    {
                        ElementPath = new List<string> { "manifest", "uses-feature" },
                        Attributes = new Dictionary<string, string>
                        {
                            { "name", "oculus.software.overlay_keyboard" },
                            { "required", "false" }, // a device without it may still walk
                        },
                    },
                },
            };
        }
    }
}
