using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using Layerwalk.Editor;
using NUnit.Framework;
using Unity.XR.Management.AndroidManifest.Editor;
using UnityEditor;
using UnityEditor.XR.Management;

namespace Layerwalk.EditorTests
{
    /// <summary>What is added to the manifest of Quest, written as XR Plug-in Management does.
    /// </summary>
    [TestFixture]
    public sealed class QuestKeyboardTests : Opened
    {
        const string Android = "http://schemas.android.com/apk/res/android";

        [Test]
        public void QuestIsAskedForItsKeyboardAndMayLackIt()
        {
            SetUpBefore();
            XmlElement feature = Manifest(Loaders()).SelectNodes("/manifest/uses-feature")
                .Cast<XmlElement>().Single();
            Assert.That(
                feature.GetAttribute("name", Android),
                Is.EqualTo("oculus.software.overlay_keyboard"));
            Assert.That(feature.GetAttribute("required", Android), Is.EqualTo("false"));
            Assert.That(feature.Attributes.Count, Is.EqualTo(2));
        }

        [Test]
        public void WithoutOpenXrTheManifestStaysAsItIs()
        {
            SetUpBefore();
            XmlDocument manifest =
                HeadsetSetup.Without(BuildTargetGroup.Android, () => Manifest(Loaders()));
            Assert.That(manifest.DocumentElement.HasChildNodes, Is.False);
        }

        static ICollection<Type> Loaders()
        {
            return XRGeneralSettingsPerBuildTarget
                .XRGeneralSettingsForBuildTarget(BuildTargetGroup.Android)
                .Manager.activeLoaders.Select(loader => loader.GetType()).ToArray();
        }

        static XmlDocument Manifest(ICollection<Type> loaders)
        {
            XmlDocument manifest = new XmlDocument();
            manifest.AppendChild(manifest.CreateElement("manifest"));
            IEnumerable<ManifestElement> elements = Providers()
                .Select(provider => provider.ProvideManifestRequirement())
                .Where(requirement => requirement.SupportedXRLoaders.Any(loaders.Contains))
                .SelectMany(requirement => requirement.NewElements);
            foreach (ManifestElement element in elements)
            {
                Add(manifest, element);
            }
            return manifest;
        }

        /// <summary>Found by their type and made without arguments; nested ones are passed over.
        /// </summary>
        static IEnumerable<IAndroidManifestRequirementProvider> Providers()
        {
            return typeof(QuestKeyboard).Assembly.GetTypes()
                .Where(type => !type.IsAbstract && !type.IsNested)
                .Where(type => typeof(IAndroidManifestRequirementProvider).IsAssignableFrom(type))
                .Select(type => Activator.CreateInstance(type))
                .Cast<IAndroidManifestRequirementProvider>();
        }

        /// <summary>A new last element of the path; those above are made where missing.</summary>
        static void Add(XmlDocument manifest, ManifestElement element)
        {
            XmlNode parent = manifest;
            foreach (string name in element.ElementPath.Take(element.ElementPath.Count - 1))
            {
                parent = parent.SelectSingleNode(name)
                    ?? parent.AppendChild(manifest.CreateElement(name));
            }
            XmlElement made = manifest.CreateElement(element.ElementPath.Last());
            parent.AppendChild(made);
            foreach (KeyValuePair<string, string> each in element.Attributes)
            {
                made.SetAttribute(each.Key, Android, each.Value);
            }
        }
    }
}
