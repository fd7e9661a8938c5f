using System;
using System.IO;
using System.Linq;
using Layerwalk.Editor;
using NUnit.Framework;
using UnityDouble;
using UnityEngine;

namespace Layerwalk.EditorTests
{
    /// <summary>The project, just checked out, in an editor, for every test.</summary>
    public abstract class Opened
    {
        string _folder;

        [SetUp]
        public void Begin()
        {
            _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            Player.Begin(_folder);
            EditorProject.Begin();
        }

        [TearDown]
        public void End()
        {
            Environment.SetEnvironmentVariable(PlayerBuild.FolderVariable, null);
            Player.Quit();
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, true);
            }
        }

        /// <summary>Set up in one run of the editor; what follows is another, without a window.
        /// </summary>
        protected static void SetUpBefore()
        {
            Commands.Setup();
            Assert.That(Player.Complaints, Is.Empty);
            EditorProject.Reopen(batch: true);
        }

        /// <summary>What the last command said in its one line.</summary>
        protected static string Said
        {
            get { return Player.Log.Last(line => line.Message.StartsWith("layerwalk: ")).Message; }
        }

        /// <summary>
        /// A command that fails without a window: one error, which has all of `words`, and the
        /// editor ends with 1.
        /// </summary>
        protected static void Refused(Action command, params string[] words)
        {
            Machine.IsBatchMode = true;
            EditorProject.ExitCodes.Clear();
            int before = Player.Complaints.Count;
            command();
            LogLine line = Player.Complaints.Skip(before).Single();
            Assert.That(line.Type, Is.EqualTo(LogType.Error));
            foreach (string word in words)
            {
                Assert.That(line.Message, Is.StringContaining(word));
            }
            Assert.That(EditorProject.ExitCodes, Is.EqualTo(new[] { 1 }));
            Assert.That(EditorProject.Dialogs, Is.Empty);
        }
    }
}
