using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Layerwalk.Editor;
using NUnit.Framework;
using UnityDouble;
using UnityEditor;
using UnityEditor.Build;
using UnityEditor.XR.Management;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine;
using UnityEngine.Rendering;
using UnityEngine.Rendering.Universal;
using UnityEngine.XR.Management;
using UnityEngine.XR.OpenXR;
using UnityEngine.XR.OpenXR.Features;

namespace Layerwalk.EditorTests
{
    /// <summary>What setting up writes, and that it is kept.</summary>
    [TestFixture]
    public sealed class SetupTests : Opened
    {
        const string Settings = "ProjectSettings/ProjectSettings.asset";

        static readonly BuildTargetGroup[] Groups =
        {
            BuildTargetGroup.Standalone, BuildTargetGroup.Android,
        };

        [Test]
        public void ThePlayerIsLinearAndForQuestIl2CppArm64VulkanWithTheNetwork()
        {
            SetUpBefore();
            Assert.That(PlayerSettings.colorSpace, Is.EqualTo(ColorSpace.Linear));
            Assert.That(PlayerSettings.runInBackground, Is.True);
            Assert.That(
                PlayerSettings.GetScriptingBackend(NamedBuildTarget.Android),
                Is.EqualTo(ScriptingImplementation.IL2CPP));
            Assert.That(
                PlayerSettings.GetScriptingBackend(NamedBuildTarget.Standalone),
                Is.EqualTo(ScriptingImplementation.Mono2x));
            Assert.That(
                PlayerSettings.Android.targetArchitectures, Is.EqualTo(AndroidArchitecture.ARM64));
            Assert.That(
                PlayerSettings.Android.minSdkVersion,
                Is.EqualTo(AndroidSdkVersions.AndroidApiLevel32));
            Assert.That(PlayerSettings.Android.forceInternetPermission, Is.True);
            Assert.That(
                PlayerSettings.Android.applicationEntry,
                Is.EqualTo(AndroidApplicationEntry.GameActivity));
            Assert.That(
                PlayerSettings.GetGraphicsAPIs(BuildTarget.Android),
                Is.EqualTo(new[] { GraphicsDeviceType.Vulkan }));
            Assert.That(PlayerSettings.GetUseDefaultGraphicsAPIs(BuildTarget.StandaloneLinux64));
            foreach (NamedBuildTarget each in
                new[] { NamedBuildTarget.Android, NamedBuildTarget.Standalone })
            {
                Assert.That(
                    PlayerSettings.GetApplicationIdentifier(each),
                    Is.EqualTo(PlayerSetup.Identifier));
            }
        }

        [Test]
        public void EveryQualityLevelDrawsWithFourSamplesAndWithoutShadows()
        {
            int level = QualitySettings.GetQualityLevel();
            SetUpBefore();
            UniversalRenderPipelineAsset pipeline = GraphicsSettings.defaultRenderPipeline
                as UniversalRenderPipelineAsset;
            Assert.That(pipeline.msaaSampleCount, Is.EqualTo(4));
            Assert.That(pipeline.supportsMainLightShadows, Is.False);
            Assert.That(pipeline.supportsAdditionalLightShadows, Is.False);
            Assert.That(pipeline.supportsSoftShadows, Is.False);
            Assert.That(pipeline.shadowDistance, Is.EqualTo(0f));
            Assert.That(pipeline.supportsHDR, Is.False);
            Assert.That(QualitySettings.GetQualityLevel(), Is.EqualTo(level));
            QualitySettings.ForEach(
                () => Assert.That(QualitySettings.renderPipeline, Is.SameAs(pipeline)));
        }

        [Test]
        public void ThePipelineHasARendererThatKnowsItsResources()
        {
            Commands.Setup();
            ScriptableRendererData renderer =
                AssetDatabase.LoadAssetAtPath<UniversalRendererData>(PipelineSetup.RendererPath);
            Assert.That(EditorProject.Reloaded, Is.EqualTo(new object[] { renderer }));
            SerializedProperty list = new SerializedObject(GraphicsSettings.defaultRenderPipeline)
                .FindProperty("m_RendererDataList");
            Assert.That(list.arraySize, Is.EqualTo(1));
            Assert.That(list.GetArrayElementAtIndex(0).objectReferenceValue, Is.SameAs(renderer));
        }

        [Test]
        public void APipelineThatIsLostIsMadeAgainWithTheRendererThatIsThere()
        {
            SetUpBefore();
            UniversalRendererData renderer =
                AssetDatabase.LoadAssetAtPath<UniversalRendererData>(PipelineSetup.RendererPath);
            Assert.That(renderer.intermediateTextureMode, Is.EqualTo(IntermediateTextureMode.Auto));
            EditorProject.Remove(PipelineSetup.PipelinePath);
            Assert.That(PipelineSetup.IsDone, Is.False);
            Commands.Setup();
            Assert.That(PipelineSetup.IsDone);
            Assert.That(
                AssetDatabase.LoadAssetAtPath<UniversalRendererData>(PipelineSetup.RendererPath),
                Is.SameAs(renderer));
        }

        [Test]
        public void ShadersThatOnlyCodeDrawsWithStayInABuild()
        {
            SetUpBefore();
            Commands.Setup();
            Assert.That(EditorProject.Graphics.Stripping, Is.EqualTo(2));
            Assert.That(
                EditorProject.Graphics.Included,
                Is.EqualTo(new[] { Shader.Find(PipelineSetup.Dark) }));
        }

        [Test]
        public void OpenXrIsTheLoaderAndNothingStartsByItself()
        {
            SetUpBefore();
            foreach (BuildTargetGroup group in Groups)
            {
                XRGeneralSettings settings =
                    XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
                Assert.That(settings.InitManagerOnStart, Is.False, group.ToString());
                Assert.That(
                    settings.Manager.activeLoaders.Single(), Is.InstanceOf<OpenXRLoader>());
            }
            Assert.That(HeadsetSetup.Loader, Is.EqualTo(typeof(OpenXRLoader).FullName));
        }

        [Test]
        public void OpenXrDrawsBothEyesAtOnceAndKnowsTheControllers()
        {
            SetUpBefore();
            foreach (BuildTargetGroup group in Groups)
            {
                OpenXRSettings settings = OpenXRSettings.GetSettingsForBuildTargetGroup(group);
                Assert.That(
                    settings.renderMode, Is.EqualTo(OpenXRSettings.RenderMode.SinglePassInstanced));
                Assert.That(Enabled(group), Is.EquivalentTo(OpenXrSetup.Features(group)));
            }
            string quest = "com.unity.openxr.feature.metaquest";
            Assert.That(OpenXrSetup.Features(BuildTargetGroup.Android), Has.Member(quest));
            Assert.That(OpenXrSetup.Features(BuildTargetGroup.Standalone), Has.No.Member(quest));
        }

        [Test]
        public void TheSceneComesFirstAndOthersStay()
        {
            EditorBuildSettings.scenes = new[]
            {
                new EditorBuildSettingsScene("Assets/Other.unity", true),
                new EditorBuildSettingsScene(SceneSetup.Path, false),
            };
            SetUpBefore();
            Assert.That(
                EditorBuildSettings.scenes.Select(scene => scene.path),
                Is.EqualTo(new[] { SceneSetup.Path, "Assets/Other.unity" }));
            Assert.That(EditorBuildSettings.scenes.All(scene => scene.enabled));
        }

        [Test]
        public void AgainChangesNothing()
        {
            SetUpBefore();
            string before = State();
            UnityEngine.Object[] assets = Assets();
            Commands.Setup();
            Assert.That(Player.Complaints, Is.Empty);
            Assert.That(Assets(), Is.EqualTo(assets));
            Assert.That(State(), Is.EqualTo(before));
            EditorProject.Reopen();
            Assert.That(State(), Is.EqualTo(before));
        }

        [Test]
        public void WhatSomebodyChangedIsSetAgainAndSaved()
        {
            SetUpBefore();
            string before = State();
            UniversalRenderPipelineAsset pipeline =
                (UniversalRenderPipelineAsset)GraphicsSettings.defaultRenderPipeline;
            pipeline.msaaSampleCount = 1;
            EditorUtility.SetDirty(pipeline);
            foreach (BuildTargetGroup group in Groups)
            {
                XRGeneralSettings settings =
                    XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
                settings.InitManagerOnStart = true;
                EditorUtility.SetDirty(settings);
                OpenXRSettings openXr = OpenXRSettings.GetSettingsForBuildTargetGroup(group);
                openXr.renderMode = OpenXRSettings.RenderMode.MultiPass;
                EditorUtility.SetDirty(openXr);
                FeatureHelpers.GetFeatureWithIdForBuildTarget(
                    group, OpenXrSetup.Features(group).First()).enabled = false;
            }
            AssetDatabase.SaveAssets();
            Assert.That(State(), Is.Not.EqualTo(before));
            Commands.Setup();
            EditorProject.Reopen();
            Assert.That(State(), Is.EqualTo(before));
        }

        [Test]
        public void ItNeverBuildsAndNeverEndsTheEditor()
        {
            Machine.IsBatchMode = true;
            Commands.Setup();
            Assert.That(EditorProject.Builds, Is.Empty);
            Assert.That(EditorProject.ExitCodes, Is.Empty);
        }

        [Test]
        public void WhoChangesTheInputSystemIsToldToRestart()
        {
            EditorProject.Player.Input = 2;
            Commands.Setup();
            Assert.That(EditorProject.Player.Input, Is.EqualTo(1));
            Assert.That(Said, Is.StringContaining("Restart the editor"));
            Commands.Setup();
            Assert.That(Said, Is.Not.StringContaining("Restart"));
        }

        [Test]
        public void WithoutAndroidSupportTheRestIsSetUp()
        {
            EditorProject.Modules.Remove(BuildTarget.Android);
            Commands.Setup();
            Assert.That(Player.Complaints, Is.Empty);
            Assert.That(Said, Is.StringContaining("For Quest add Android Build Support"));
            Assert.That(HeadsetSetup.IsDone(BuildTargetGroup.Standalone));
            EditorProject.Modules.Add(BuildTarget.Android);
            Commands.Setup();
            Assert.That(HeadsetSetup.IsDone(BuildTargetGroup.Android));
            Assert.That(Said, Is.StringContaining("macOS and Quest."));
        }

        [Test]
        public void TheMenuHasOneItemToSetUpAndOneForEveryPlatform()
        {
            IEnumerable<MethodInfo> methods = typeof(Commands).GetMethods(
                BindingFlags.Static | BindingFlags.Public);
            Assert.That(
                methods.Select(method => method.GetCustomAttribute<MenuItem>().menuItem),
                Is.EqualTo(new[]
                {
                    "layerwalk/Set up", "layerwalk/Build/Windows", "layerwalk/Build/Linux",
                    "layerwalk/Build/macOS", "layerwalk/Build/Quest",
                }));
        }

        [Test]
        public void EveryFailureIsOneErrorWithTheRemedy()
        {
            EditorProject.IsPlaying = true;
            Refused(Commands.Setup, "while it plays", "leave Play mode");
            EditorProject.IsPlaying = false;
            EditorProject.HasOpenXr = false;
            Refused(Commands.Setup, HeadsetSetup.Package, "restore Packages/manifest.json");
            EditorProject.HasOpenXr = true;
            EditorProject.DropsLoaders = true;
            Refused(Commands.Setup, "OpenXR", "Standalone", "tick OpenXR");
            EditorProject.DropsLoaders = false;
            EditorProject.Remove(SceneSetup.Path);
            Refused(Commands.Setup, SceneSetup.Path, "check the folder out again");
            EditorProject.Remove(Settings);
            Refused(Commands.Setup, Settings, "open the folder unity_project");
        }

        [Test]
        public void InAWindowAFailureIsSaidInADialogAndTheEditorGoesOn()
        {
            EditorProject.HasOpenXr = false;
            Commands.Setup();
            Assert.That(EditorProject.Dialogs.Single(), Is.StringContaining(HeadsetSetup.Package));
            Assert.That(EditorProject.ExitCodes, Is.Empty);
        }

        [Test]
        public void AFieldThatUnityNoLongerHasIsNamed()
        {
            SetupException problem = Assert.Throws<SetupException>(
                () => Fields.Set(EditorProject.Player, "m_Gone", 1));
            Assert.That(
                problem.Message, Is.StringContaining("PlayerSettingsFile has no field m_Gone"));
            Assert.That(problem.Message, Is.StringContaining("ProjectVersion.txt"));
        }

        static IEnumerable<string> Enabled(BuildTargetGroup group)
        {
            return Groups.SelectMany(OpenXrSetup.Features).Distinct()
                .Where(id => IsOn(FeatureHelpers.GetFeatureWithIdForBuildTarget(group, id)));
        }

        static bool IsOn(OpenXRFeature feature)
        {
            return feature != null && feature.enabled;
        }

        static UnityEngine.Object[] Assets()
        {
            return EditorProject.Paths.SelectMany(AssetDatabase.LoadAllAssetsAtPath).ToArray();
        }

        /// <summary>Everything that a second time might have made twice or changed back.</summary>
        static string State()
        {
            List<string> said = new List<string>(EditorProject.Paths);
            said.Add(EditorProject.Objects.ToString());
            said.AddRange(EditorBuildSettings.scenes.Select(scene => scene.path));
            said.Add(EditorProject.Graphics.Included.Count.ToString());
            foreach (BuildTargetGroup group in Groups)
            {
                XRGeneralSettings settings =
                    XRGeneralSettingsPerBuildTarget.XRGeneralSettingsForBuildTarget(group);
                said.Add(group + " " + settings.InitManagerOnStart);
                said.Add(settings.Manager.activeLoaders.Count + " loaders");
                said.AddRange(Enabled(group));
                OpenXRSettings openXr = OpenXRSettings.GetSettingsForBuildTargetGroup(group);
                said.Add(openXr.renderMode.ToString());
            }
            said.Add(
                ((UniversalRenderPipelineAsset)GraphicsSettings.defaultRenderPipeline)
                    .msaaSampleCount + " samples");
            return string.Join("\n", said.ToArray());
        }
    }
}
