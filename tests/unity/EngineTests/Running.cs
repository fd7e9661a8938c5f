using System;
using System.IO;
using System.Threading;
using NUnit.Framework;

namespace UnityDouble.Tests
{
    /// <summary>A run of the engine for every test, with folders of its own.</summary>
    public abstract class Running
    {
        string _folder;

        [SetUp]
        public void Begin()
        {
            _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            Player.Begin(_folder);
            Probe.Calls.Clear();
        }

        [TearDown]
        public void End()
        {
            Player.Quit();
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, true);
            }
        }

        protected static T Add<T>(string name = "thing")
            where T : UnityEngine.Component
        {
            return new UnityEngine.GameObject(name).AddComponent<T>();
        }

        /// <summary>What an action throws on another thread; null where it does not.</summary>
        protected static Exception Elsewhere(Action action)
        {
            Exception thrown = null;
            Thread thread = new Thread(() =>
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    thrown = error;
                }
            });
            thread.Start();
            thread.Join();
            return thrown;
        }
    }
}
