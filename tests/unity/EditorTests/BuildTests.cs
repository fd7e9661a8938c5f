using System;
using System.Collections.Generic;
using System.Linq;
using Layerwalk.Editor;
using NUnit.Framework;
using UnityDouble;
using UnityEditor;
using UnityEditor.XR.OpenXR.Features;
using UnityEngine;

namespace Layerwalk.EditorTests
{
    /// <summary>What is built, and when nothing is.</summary>
    [TestFixture]
    public sealed class BuildTests : Opened
    {
        static readonly Dictionary<BuildTarget, Action> Builds = new Dictionary<BuildTarget, Action>
        {
            { BuildTarget.StandaloneWindows64, Commands.BuildWindows },
            { BuildTarget.StandaloneLinux64, Commands.BuildLinux },
            { BuildTarget.StandaloneOSX, Commands.BuildMacOS },
            { BuildTarget.Android, Commands.BuildQuest },
        };

        [TestCase(BuildTarget.StandaloneWindows64, "Builds/Windows/layerwalk.exe", true)]
        [TestCase(BuildTarget.StandaloneLinux64, "Builds/Linux/layerwalk.x86_64", false)]
        [TestCase(BuildTarget.StandaloneOSX, "Builds/macOS/layerwalk.app", true)]
        [TestCase(BuildTarget.Android, "Builds/Quest/layerwalk.apk", true)]
        public void EveryPlatformIsBuilt(BuildTarget target, string path, bool headset)
        {
            SetUpBefore();
            EditorProject.Active = target;
            EditorUserBuildSettings.buildAppBundle = true;
            Builds[target]();
            Assert.That(Player.Complaints, Is.Empty);
            Assert.That(Said, Is.StringContaining(path));
            Assert.That(EditorProject.ExitCodes, Is.Empty);
            BuiltPlayer built = EditorProject.Builds.Single();
            Assert.That(built.Options.target, Is.EqualTo(target));
            Assert.That(built.Options.locationPathName, Is.EqualTo(path));
            Assert.That(built.Options.scenes, Is.EqualTo(new[] { SceneSetup.Path }));
            Assert.That(built.HasOpenXr, Is.EqualTo(headset));
            bool quest = target == BuildTarget.Android;
            Assert.That(
                built.Options.subtarget,
                Is.EqualTo(quest ? 0 : (int)StandaloneBuildSubtarget.Player));
            Assert.That(EditorUserBuildSettings.buildAppBundle, Is.EqualTo(!quest));
        }

        [Test]
        public void AfterABuildWithoutItOpenXrIsTheLoaderAgain()
        {
            SetUpBefore();
            EditorProject.Active = BuildTarget.StandaloneLinux64;
            Commands.BuildLinux();
            EditorProject.BuildError = "a shader has an error.";
            Refused(Commands.BuildLinux, "Linux", "1 errors: a shader has an error.");
            EditorProject.Reopen(batch: true);
            Assert.That(HeadsetSetup.IsDone(BuildTargetGroup.Standalone));
            EditorProject.BuildError = "";
            EditorProject.Active = BuildTarget.StandaloneWindows64;
            Commands.BuildWindows();
            Assert.That(EditorProject.Builds.Last().HasOpenXr, Is.True);
        }

        [Test]
        public void WhatAlsoFailsAfterABuildDoesNotHideItsError()
        {
            SetUpBefore();
            EditorProject.Active = BuildTarget.StandaloneLinux64;
            EditorProject.BuildError = "a shader has an error.";
            EditorProject.DropsLoaders = true;
            Commands.BuildLinux();
            string[] told = Player.Complaints.Select(line => line.Message).ToArray();
            Assert.That(told.Length, Is.EqualTo(2));
            Assert.That(told[0], Is.StringContaining("tick OpenXR"));
            Assert.That(told[1], Is.StringContaining("1 errors: a shader has an error."));
            Assert.That(EditorProject.ExitCodes, Is.EqualTo(new[] { 1 }));
        }

        [Test]
        public void AProjectThatIsNotSetUpIsNotBuilt()
        {
            foreach (KeyValuePair<BuildTarget, Action> each in Builds)
            {
                EditorProject.Active = each.Key;
                Refused(each.Value, "is not set up", "Layerwalk.Editor.Commands.Setup");
            }
            Assert.That(EditorProject.Builds, Is.Empty);
        }

        [Test]
        public void WithoutAWindowTheRunThatSetUpDoesNotBuild()
        {
            Machine.IsBatchMode = true;
            Commands.Setup();
            Refused(Commands.BuildWindows, "this same run", "second run");
            Assert.That(EditorProject.Builds, Is.Empty);
            EditorProject.Reopen(batch: true);
            Commands.Setup(); // which has nothing to assign any more
            Commands.BuildWindows();
            Assert.That(EditorProject.Builds.Count, Is.EqualTo(1));
        }

        [Test]
        public void InAWindowTheRunThatSetUpMayBuild()
        {
            Commands.Setup();
            Commands.BuildWindows();
            Assert.That(Player.Complaints, Is.Empty);
            Assert.That(EditorProject.Builds.Single().HasOpenXr, Is.True);
        }

        [Test]
        public void EveryThingThatIsUndoneIsNamed()
        {
            SetUpBefore();
            EditorProject.Active = BuildTarget.Android;
            PlayerSettings.Android.forceInternetPermission = false;
            Refused(Commands.BuildQuest, "may not use the network");
            PlayerSettings.Android.targetArchitectures |= AndroidArchitecture.ARMv7;
            Refused(Commands.BuildQuest, "IL2CPP for ARM64 alone");
            string id = OpenXrSetup.Features(BuildTargetGroup.Android).Last();
            FeatureHelpers.GetFeatureWithIdForBuildTarget(BuildTargetGroup.Android, id).enabled =
                false;
            Refused(Commands.BuildQuest, "feature " + id + " is off");
            PlayerSettings.colorSpace = ColorSpace.Gamma;
            Refused(Commands.BuildQuest, "not linear");
            EditorBuildSettings.scenes = new EditorBuildSettingsScene[0];
            Refused(Commands.BuildQuest, SceneSetup.Path);
            EditorProject.Remove(PipelineSetup.PipelinePath);
            Refused(Commands.BuildQuest, PipelineSetup.PipelinePath);
            Assert.That(EditorProject.Builds, Is.Empty);
            EditorProject.Reopen(batch: true);
            Commands.Setup();
            Commands.BuildQuest();
            Assert.That(EditorProject.Builds.Count, Is.EqualTo(1));
        }

        [Test]
        public void WithoutAWindowThePlatformIsTheOneOfTheCommandLine()
        {
            SetUpBefore();
            Refused(Commands.BuildQuest, "Windows64, not Android", "-buildTarget Android");
            Assert.That(EditorProject.Builds, Is.Empty);
        }

        [Test]
        public void InAWindowThePlatformIsChangedAndOneBuildsAgain()
        {
            SetUpBefore();
            Machine.IsBatchMode = false;
            Commands.BuildQuest();
            Assert.That(EditorProject.Dialogs.Single(), Is.StringContaining("it is being changed"));
            Assert.That(EditorProject.Builds, Is.Empty);
            Commands.BuildQuest();
            Assert.That(EditorProject.Builds.Count, Is.EqualTo(1));
        }

        [Test]
        public void APlatformThatTheEditorLacksIsNamed()
        {
            SetUpBefore();
            EditorProject.Modules.Remove(BuildTarget.StandaloneOSX);
            Refused(Commands.BuildMacOS, "cannot build for macOS", "Add modules");
        }

        [Test]
        public void BuildsGoWhereTheVariableSays()
        {
            SetUpBefore();
            Environment.SetEnvironmentVariable(PlayerBuild.FolderVariable, "/elsewhere");
            Commands.BuildWindows();
            Assert.That(
                EditorProject.Builds.Single().Options.locationPathName,
                Is.EqualTo("/elsewhere/Windows/layerwalk.exe"));
        }

        [Test]
        public void WhatNobodyForesawEndsTheEditorToo()
        {
            SetUpBefore();
            EditorProject.BuildError = null; // the editor itself breaks
            Commands.BuildWindows();
            Assert.That(Player.Complaints.Single().Type, Is.EqualTo(LogType.Exception));
            Assert.That(EditorProject.ExitCodes, Is.EqualTo(new[] { 1 }));
        }
    }
}
